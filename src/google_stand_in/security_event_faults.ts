import { CompactSign } from "jose";

import { type Fault, FAULTS } from "./faults.ts";
import { personOf } from "./people.ts";
import {
  describeSecurityEvent,
  type SecurityEventRequest,
  signSecurityEvent,
} from "./security_event_tokens.ts";
import type { SigningKey } from "./signing_keys.ts";
import { signToken } from "./tokens.ts";

type Change = Pick<SecurityEventRequest, "claims" | "payload">;
type MakeEvent = (request: SecurityEventRequest, key: SigningKey) => Promise<string>;

/** Wrong claims, and a few that are unusual but valid. */
const CHANGES = {
  "wrong issuer": { claims: { iss: "https://accounts.example.com/" } },
  "issuer without slash": { claims: { iss: "https://accounts.google.com" } },
  "short issuer": { claims: { iss: "accounts.google.com" } },
  "wrong audience": { claims: { aud: "another-client" } },
  "no audience": { claims: { aud: undefined } },
  "no jti": { claims: { jti: undefined } },
  "no iat": { claims: { iat: undefined } },
  "end in the past": { claims: { exp: 1_000_000_000 } },
  "no events": { claims: { events: undefined } },
  "events that are empty": { claims: { events: {} } },
  "events not an object": { claims: { events: ["sessions-revoked"] } },
  "unknown event": { claims: { events: { "https://schemas.example.com/event-type/new": {} } } },
  "subject missing": { payload: { subject: undefined } },
  "subject of another issuer": {
    payload: { subject: { subject_type: "iss-sub", iss: "https://id.example.com/", sub: "1" } },
  },
} satisfies Record<string, Change>;

const MAKERS = {
  "iat in the future": (request, key) => {
    const iat = Math.floor(request.now / 1000) + 3600;
    return signSecurityEvent({ ...request, claims: { ...request.claims, iat } }, key);
  },
  "an ID token instead": ({ clientId, now }, key) => {
    const person = personOf({ email: "ada.lovelace@gmail.com" });
    return signToken({ person, clientId: String(clientId), now }, { key, origin: "" });
  },
  "claims that are no JSON": (_request, { kid, privateKey }) =>
    new CompactSign(new TextEncoder().encode('{"iss":'))
      .setProtectedHeader({ alg: "RS256", kid })
      .sign(privateKey),
} satisfies Record<string, MakeEvent>;

/** The name of a fault: of events only, or of the format of any token. */
export type EventFault = keyof typeof CHANGES | keyof typeof MAKERS | Fault;

/** All faults of security event tokens, and a few variants that are unusual but valid. */
export const EVENT_FAULTS: ReadonlyMap<string, MakeEvent> = new Map<string, MakeEvent>([
  ...Object.entries(CHANGES).map(([name, change]) => [name, applyChange(change)] as const),
  ...Object.entries(MAKERS),
  ...Object.entries(FAULTS).map(([name, make]): [string, MakeEvent] => [
    name,
    (request, key) => make(describeSecurityEvent(request), { key, origin: "" }),
  ]),
]);

function applyChange({ claims, payload }: Change): MakeEvent {
  return (request, key) =>
    signSecurityEvent(
      {
        ...request,
        claims: { ...request.claims, ...claims },
        payload: { ...request.payload, ...payload },
      },
      key,
    );
}
