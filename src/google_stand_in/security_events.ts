import { EVENT_FAULTS, type EventFault } from "./security_event_faults.ts";
import { type SecurityEventRequest, signSecurityEvent } from "./security_event_tokens.ts";
import type { SigningKeys } from "./signing_keys.ts";

/** A request for a security event token. `now` defaults to the clock of the stand-in. */
export type SecurityEventOrder = Omit<SecurityEventRequest, "now"> & {
  now?: number;
  fault?: EventFault;
};

/** Signs a security event token, valid or with a fault. */
export type IssueSecurityEvent = (order: SecurityEventOrder) => Promise<string>;

const TIMEOUT_MS = 5000;

/** Creates the function that issues security events. `now` is in milliseconds since 1970. */
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
 * Pushes a token to a receiver, as Google does. Rejects after 5 seconds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8935#section-2.1
 */
export function deliverSecurityEvent(token: string, target: string): Promise<Response> {
  return fetch(target, {
    method: "POST",
    headers: { "Content-Type": "application/secevent+jwt", Accept: "application/json" },
    body: token,
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}
