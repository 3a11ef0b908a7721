import { SecurityEventError } from "../errors.ts";
import { isVisibleAscii } from "./signed_token.ts";

/** The Google account that is the subject of an event. */
export interface AccountSubject {
  /** Google's id for the account, the same as in an ID token. */
  sub: string;
  /** The address as Google sent it, or `null`. */
  email: string | null;
}

/** A known reason for which Google disables an account. */
export type DisabledReason = "hijacking" | "bulk-account";

/** One event at Google. `token_revoked` affects no user, because Foyer keeps no Google tokens. */
export type AccountEvent =
  | {
      kind:
        "sessions_revoked" | "tokens_revoked" | "account_enabled" | "credential_change_required";
      subject: AccountSubject;
    }
  | { kind: "account_disabled"; subject: AccountSubject; reason: DisabledReason | null }
  | { kind: "token_revoked" }
  | { kind: "verification"; state: string | null }
  | { kind: "unknown"; uri: string };

type KnownKind = Exclude<AccountEvent["kind"], "unknown">;

const RISC = "https://schemas.openid.net/secevent/risc/event-type";
const OAUTH = "https://schemas.openid.net/secevent/oauth/event-type";

/**
 * The kind of each event that Google sends, by the URI of its event type.
 *
 * @see https://developers.google.com/identity/protocols/risc#supported_event_types
 */
export const EVENT_KINDS: ReadonlyMap<string, KnownKind> = new Map([
  [`${RISC}/sessions-revoked`, "sessions_revoked"],
  [`${OAUTH}/tokens-revoked`, "tokens_revoked"],
  [`${OAUTH}/token-revoked`, "token_revoked"],
  [`${RISC}/account-disabled`, "account_disabled"],
  [`${RISC}/account-enabled`, "account_enabled"],
  [`${RISC}/account-credential-change-required`, "credential_change_required"],
  [`${RISC}/verification`, "verification"],
]);

/** Google's discovery document has a slash at the end. Its ID tokens do not. */
const ISSUERS = ["https://accounts.google.com", "https://accounts.google.com/"];

const DISABLED_REASONS: readonly DisabledReason[] = ["hijacking", "bulk-account"];
const SUBJECT_TYPES = ["iss-sub", "id_token_claims"];

/** Whether `issuer` is Google, in a spelling that security events may use. */
export function isEventIssuer(issuer: unknown): boolean {
  return ISSUERS.some((known) => known === issuer);
}

/** Reads an event of the type `uri`. An unknown type is not an error. Throws `SecurityEventError`. */
export function readAccountEvent(uri: string, payload: unknown): AccountEvent {
  if (!isObject(payload)) throw refuse("An event's payload must be an object");
  const kind = EVENT_KINDS.get(uri);
  switch (kind) {
    case undefined:
      if (!isVisibleAscii(uri) || !URL.canParse(uri)) throw refuse("An event's name must be a URI");
      return { kind: "unknown", uri };
    case "verification":
      return { kind, state: readState(payload) };
    case "token_revoked":
      requireSubject(payload);
      return { kind };
    case "account_disabled":
      return { kind, subject: readSubject(payload), reason: readReason(payload) };
    default:
      return { kind, subject: readSubject(payload) };
  }
}

/** Whether `value` is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @see https://developers.google.com/identity/protocols/risc#token_identifiers */
function requireSubject({ subject }: Record<string, unknown>): void {
  if (isObject(subject) && subject.subject_type === "oauth_token") return;
  readSubject({ subject });
}

function readSubject({ subject }: Record<string, unknown>): AccountSubject {
  if (!isObject(subject)) throw refuse("The event's subject is missing");
  const { subject_type: type, iss, sub, email } = subject;
  if (!SUBJECT_TYPES.some((known) => known === type)) {
    throw refuse("The type of the event's subject is not supported");
  }
  // A `sub` is unique only within its issuer.
  if (!isEventIssuer(iss)) throw refuse("The event's subject belongs to another issuer");
  if (!isVisibleAscii(sub)) throw refuse("The event's subject has no valid sub");
  if (email !== undefined && typeof email !== "string") {
    throw refuse("The email of the event's subject must be text");
  }
  return { sub, email: email ?? null };
}

function readReason({ reason }: Record<string, unknown>): DisabledReason | null {
  if (reason !== undefined && typeof reason !== "string") throw refuse("The reason must be text");
  // Google may add reasons at any time. The account is disabled in any case.
  return DISABLED_REASONS.find((known) => known === reason) ?? null;
}

function readState({ state }: Record<string, unknown>): string | null {
  if (state !== undefined && typeof state !== "string") throw refuse("The state must be text");
  return state ?? null;
}

function refuse(description: string): SecurityEventError {
  return new SecurityEventError("invalid_request", description);
}
