import { afterAll, describe, expect, test } from "bun:test";

import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { type SecurityEvent, verifySecurityEvent } from "../../src/auth/security_event.ts";
import { JOSE } from "../../src/auth/signed_token.ts";
import {
  RefusedRequest,
  SecurityEventError,
  type SecurityEventErrorCode,
} from "../../src/errors.ts";
import { FAULTS } from "../../src/google_stand_in/faults.ts";
import type { EventFault } from "../../src/google_stand_in/security_event_faults.ts";
import { EVENT_URIS } from "../../src/google_stand_in/security_event_tokens.ts";
import type { SecurityEventOrder } from "../../src/google_stand_in/security_events.ts";
import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, CLIENT_ID, createClock } from "../fixture.ts";

// One of its own: others change the keys of the one that is shared.
const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());
const clock = createClock(1_780_000_000_000);
const now = () => clock.now;
const log = () => {};
const keys = createGoogleKeys({ url: `${google.origin}/oauth2/v3/certs`, now, log });
const nowS = clock.now / 1000;

const others = { signatures: JOSE, clientId: CLIENT_ID, now };
const verify = (token: string) => verifySecurityEvent(token, { keys, ...others });

type Order = Partial<SecurityEventOrder>;

/** A token that ends Ada's sessions, unless `order` says otherwise. */
const issue = (order: Order = {}) =>
  google.issueSecurityEvent({
    kind: "sessions-revoked",
    clientId: CLIENT_ID,
    now: clock.now,
    ...(order.sub ? {} : { person: ADA }),
    ...order,
  });

async function codeOf(token: string): Promise<SecurityEventErrorCode> {
  const error = await verify(token).then(
    (event) => new Error(`Taken: ${JSON.stringify(event)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SecurityEventError)) throw error;
  // The sender is told a fixed sentence, which quotes nothing that it sent.
  expect(error.message).toMatch(/^[A-Z][\w ,.'+/-]{10,80}$/);
  return error.code;
}

const GOOGLE = "https://accounts.google.com/";
const subject = { subject_type: "iss-sub", iss: GOOGLE, sub: "1" };
const about = (changes: object): Order => ({ payload: { subject: { ...subject, ...changes } } });
const saying = (claims: Record<string, unknown>): Order => ({ claims });
const events = (value: unknown): Order => saying({ events: value });

const HOSTILE: [what: string, order: Order, code: SecurityEventErrorCode][] = [
  ["another issuer", { fault: "wrong issuer" }, "invalid_issuer"],
  ["the issuer's short name", { fault: "short issuer" }, "invalid_issuer"],
  ["the issuer with two slashes", saying({ iss: `${GOOGLE}/` }), "invalid_issuer"],
  ["the issuer in capitals", saying({ iss: "https://ACCOUNTS.google.com/" }), "invalid_issuer"],
  ["the issuer over http", saying({ iss: "http://accounts.google.com/" }), "invalid_issuer"],
  ["the issuer with a path", saying({ iss: `${GOOGLE}x` }), "invalid_issuer"],
  ["the issuer in a list", saying({ iss: [GOOGLE] }), "invalid_issuer"],
  ["no issuer", saying({ iss: undefined }), "invalid_issuer"],
  ["another audience", { fault: "wrong audience" }, "invalid_audience"],
  ["no audience", { fault: "no audience" }, "invalid_audience"],
  ["an empty audience", { clientId: "" }, "invalid_audience"],
  ["an empty list of audiences", { clientId: [] }, "invalid_audience"],
  ["a list of other audiences", { clientId: ["a", "b"] }, "invalid_audience"],
  ["a list in a list of audiences", saying({ aud: [[CLIENT_ID]] }), "invalid_audience"],
  ["an audience that has ours in it", { clientId: `${CLIENT_ID}.evil` }, "invalid_audience"],
  ["an audience that is an object", saying({ aud: { 0: CLIENT_ID } }), "invalid_audience"],
  ["no jti", { fault: "no jti" }, "invalid_request"],
  ["an empty jti", saying({ jti: "" }), "invalid_request"],
  ["a jti that is a number", saying({ jti: 7 }), "invalid_request"],
  ["a jti of 256 characters", saying({ jti: "j".repeat(256) }), "invalid_request"],
  ["a jti with a line break", saying({ jti: "a\nb" }), "invalid_request"],
  ["a jti beyond ASCII", saying({ jti: "ä" }), "invalid_request"],
  ["no iat", { fault: "no iat" }, "invalid_request"],
  ["an iat that is text", saying({ iat: String(nowS) }), "invalid_request"],
  ["an iat that is null", saying({ iat: null }), "invalid_request"],
  ["an iat before 1970", saying({ iat: -1 }), "invalid_request"],
  ["an iat in the future", { fault: "iat in the future" }, "invalid_request"],
  ["an iat beyond the tolerance", saying({ iat: nowS + 61 }), "invalid_request"],
  ["an iat in milliseconds", saying({ iat: clock.now }), "invalid_request"],
  ["no events", { fault: "no events" }, "invalid_request"],
  ["empty events", { fault: "events that are empty" }, "invalid_request"],
  ["events in a list", { fault: "events not an object" }, "invalid_request"],
  ["events that are text", events(EVENT_URIS.verification), "invalid_request"],
  ["events that are null", events(null), "invalid_request"],
  ["an ID token", { fault: "an ID token instead" }, "invalid_request"],
  ["an event that is null", events({ [EVENT_URIS.verification]: null }), "invalid_request"],
  ["an event that is text", events({ [EVENT_URIS.verification]: "x" }), "invalid_request"],
  ["an event that is a list", events({ [EVENT_URIS.verification]: [] }), "invalid_request"],
  ["an event whose name is no URI", events({ "sessions-revoked": {} }), "invalid_request"],
  ["an event with an endless name", events({ [`x:${"y".repeat(300)}`]: {} }), "invalid_request"],
  ["an event whose name has a space", events({ "x:a b": {} }), "invalid_request"],
  ["no subject", { fault: "subject missing" }, "invalid_request"],
  ["a subject that is text", { payload: { subject: "1" } }, "invalid_request"],
  ["a subject that is a list", { payload: { subject: [subject] } }, "invalid_request"],
  ["a subject of no type", about({ subject_type: undefined }), "invalid_request"],
  ["a subject of another type", about({ subject_type: "email" }), "invalid_request"],
  ["a subject type out of Object", about({ subject_type: "toString" }), "invalid_request"],
  ["a token for a subject", about({ subject_type: "oauth_token" }), "invalid_request"],
  ["a subject elsewhere", { fault: "subject of another issuer" }, "invalid_request"],
  ["a subject without issuer", about({ iss: undefined }), "invalid_request"],
  ["a subject without sub", about({ sub: undefined }), "invalid_request"],
  ["a sub that is a number", about({ sub: 1 }), "invalid_request"],
  ["an empty sub", about({ sub: "" }), "invalid_request"],
  ["a sub of 256 characters", about({ sub: "1".repeat(256) }), "invalid_request"],
  ["an email that is a list", about({ email: ["a@gmail.com"] }), "invalid_request"],
  [
    "one good and one bad event",
    { kind: ["verification", "tokens-revoked"], payload: { subject: 1 } },
    "invalid_request",
  ],
  [
    "a reason that is a number",
    { kind: "account-disabled", payload: { reason: 1 } },
    "invalid_request",
  ],
  [
    "a state that is an object",
    { kind: "verification", payload: { state: {} } },
    "invalid_request",
  ],
  [
    "a single token's end without subject",
    { kind: "token-revoked", payload: { subject: undefined } },
    "invalid_request",
  ],
  ["claims that are no JSON", { fault: "claims that are no JSON" }, "invalid_request"],
  ["no key id", { header: { kid: undefined } }, "invalid_key"],
  ["a key id that is a number", { header: { kid: 1 } }, "invalid_key"],
  ["a critical extension", { header: { crit: ["x-unknown"], "x-unknown": 1 } }, "invalid_key"],
];

/** What the form of any token can have wrong; every one that is not named here is an unacceptable key. */
const FORM_CODES: Partial<Record<EventFault, SecurityEventErrorCode>> = {
  "another key under a known id": "authentication_failed",
  "a key of its own in the header": "authentication_failed",
  "claims of another": "authentication_failed",
  "claims encoded anew": "authentication_failed",
  "cut signature": "authentication_failed",
  "no third part": "invalid_request",
  "a fourth part": "invalid_request",
  "ordinary base64": "invalid_request",
  padding: "invalid_request",
  "header that is no JSON": "invalid_request",
};

describe("verifySecurityEvent refuses", () => {
  for (const [what, order, code] of HOSTILE) {
    test(what, async () => expect(await codeOf(await issue(order))).toBe(code));
  }

  for (const fault of Object.keys(FAULTS) as EventFault[]) {
    test(`form: ${fault}`, async () => {
      expect(await codeOf(await issue({ fault }))).toBe(FORM_CODES[fault] ?? "invalid_key");
    });
  }

  for (const text of [
    "",
    ".",
    "..",
    "a.b.c",
    "{}",
    "null",
    "a b.c.d",
    "é.é.é",
    "x".repeat(60_000),
  ]) {
    test(`the text "${text.slice(0, 20)}"`, async () => {
      expect(await codeOf(text)).toBe("invalid_request");
    });
  }

  test("whatever comes while the keys are out of reach, for another try", async () => {
    const unreachable = createGoogleKeys({ url: "http://127.0.0.1:9/certs", now, log });
    const options = { keys: unreachable, ...others };
    const error = await verifySecurityEvent(await issue(), options).catch((reason) => reason);
    expect(error).toBeInstanceOf(RefusedRequest);
    expect(error).toMatchObject({ code: "keys_unavailable", status: 503 });
    expect(error.headers["Retry-After"]).toMatch(/^\d+$/);
  });
});

const ada = { sub: ADA.sub, email: ADA.email };

const GOOD: [what: string, order: Order, told: SecurityEvent["events"]][] = [
  ["the end of all sessions", {}, [{ kind: "sessions_revoked", subject: ada }]],
  ["the end of all tokens", { kind: "tokens-revoked" }, [{ kind: "tokens_revoked", subject: ada }]],
  ["a single token's end", { kind: "token-revoked" }, [{ kind: "token_revoked" }]],
  [
    "an account that was hijacked",
    { kind: "account-disabled", reason: "hijacking" },
    [{ kind: "account_disabled", subject: ada, reason: "hijacking" }],
  ],
  [
    "an account made in bulk",
    { kind: "account-disabled", reason: "bulk-account" },
    [{ kind: "account_disabled", subject: ada, reason: "bulk-account" }],
  ],
  [
    "an account disabled without a reason",
    { kind: "account-disabled" },
    [{ kind: "account_disabled", subject: ada, reason: null }],
  ],
  [
    "an account disabled for a reason that is new",
    { kind: "account-disabled", reason: "__proto__" },
    [{ kind: "account_disabled", subject: ada, reason: null }],
  ],
  ["an account enabled", { kind: "account-enabled" }, [{ kind: "account_enabled", subject: ada }]],
  [
    "a password to be changed",
    { kind: "account-credential-change-required" },
    [{ kind: "credential_change_required", subject: ada }],
  ],
  ["a trial", { kind: "verification", state: "s" }, [{ kind: "verification", state: "s" }]],
  ["a trial without state", { kind: "verification" }, [{ kind: "verification", state: null }]],
  [
    "an event that nobody knows yet",
    { fault: "unknown event" },
    [{ kind: "unknown", uri: "https://schemas.example.com/event-type/new" }],
  ],
  [
    "several events, in their order",
    { kind: ["tokens-revoked", "verification", "sessions-revoked"] },
    [
      { kind: "tokens_revoked", subject: ada },
      { kind: "verification", state: null },
      { kind: "sessions_revoked", subject: ada },
    ],
  ],
  [
    "an account by its sub alone",
    { sub: "7" },
    [{ kind: "sessions_revoked", subject: { sub: "7", email: null } }],
  ],
];

describe("verifySecurityEvent takes", () => {
  for (const [what, order, told] of GOOD) {
    test(what, async () => {
      const event = await verify(await issue({ ...order, claims: { jti: "j", ...order.claims } }));
      expect(event).toEqual({ jti: "j", issuedAt: clock.now, events: told });
    });
  }

  const UNUSUAL: [what: string, order: Order][] = [
    ["the issuer without slash", { fault: "issuer without slash" }],
    ["our audience among others", { clientId: ["another", CLIENT_ID] }],
    ["an end in the past", { fault: "end in the past" }],
    ["a beginning in the future", saying({ nbf: nowS + 9000 })],
    ["an event of ten years ago", saying({ iat: nowS - 315_360_000 })],
    ["an iat within the tolerance", saying({ iat: nowS + 60 })],
    ["a jti of 255 characters", saying({ jti: "j".repeat(255) })],
    ["the type of any JWT", { header: { typ: "JWT" } }],
    ["no type", { header: { typ: undefined } }],
    ["claims that nobody knows", saying({ txn: 1, toe: {}, sub: 5 })],
    ["a subject whose issuer has no slash", about({ iss: GOOGLE.slice(0, -1) })],
  ];
  for (const [what, order] of UNUSUAL) {
    test(what, async () => {
      expect((await verify(await issue(order))).events[0]?.kind).toBe("sessions_revoked");
    });
  }

  test("an event under a key that Google has just begun to use", async () => {
    const another = await startGoogleStandIn({ port: 0, now });
    const fresh = createGoogleKeys({ url: `${another.origin}/oauth2/v3/certs`, now, log });
    const verifyAnew = async () => {
      const order = { kind: "sessions-revoked", person: ADA, clientId: CLIENT_ID } as const;
      const token = await another.issueSecurityEvent(order);
      return verifySecurityEvent(token, { keys: fresh, ...others });
    };
    await verifyAnew();
    await another.keys.rotate();
    expect((await verifyAnew()).events).toHaveLength(1);
    await another.stop();
  });
});
