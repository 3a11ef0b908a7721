import { EVENT_FAULTS, type EventFault } from "./security_event_faults.ts";
import { type SecurityEventRequest, signSecurityEvent } from "./security_event_tokens.ts";
import type { SigningKeys } from "./signing_keys.ts";

/** A security event token to be issued; the time is the stand-in's unless given. */
export type SecurityEventOrder = Omit<SecurityEventRequest, "now"> & {
  now?: number;
  fault?: EventFault;
};

/** Makes a security event token, right or with any fault. */
export type IssueSecurityEvent = (order: SecurityEventOrder) => Promise<string>;

const LONGEST_MS = 5000;

/** What issues security events in Google's name. */
export function createSecurityEventIssuer({
  keys,
  now,
}: {
  keys: SigningKeys;
  now: () => number;
}): IssueSecurityEvent {
  return ({ fault, ...order }) => {
    const make = (fault && EVENT_FAULTS.get(fault)) ?? signSecurityEvent;
    return make({ now: now(), ...order }, keys.newest());
  };
}

/**
 * Delivers a token as Google does.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8935#section-2.1
 */
export function deliverSecurityEvent(token: string, target: string): Promise<Response> {
  return fetch(target, {
    method: "POST",
    headers: { "Content-Type": "application/secevent+jwt", Accept: "application/json" },
    body: token,
    redirect: "manual",
    signal: AbortSignal.timeout(LONGEST_MS),
  });
}
