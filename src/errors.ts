/** Every refusal by code, with its status. Its words are in views/refusal_words.ts. */
export const REFUSALS = {
  missing_credential: 400,
  malformed_credential: 400,
  csrf_mismatch: 400,
  bad_parameter: 400,
  cookie_not_kept: 400,
  invalid_credential: 401,
  expired_credential: 401,
  not_yet_valid: 401,
  nonce_missing: 401,
  nonce_mismatch: 401,
  nonce_expired: 401,
  nonce_reused: 401,
  not_signed_in: 401,
  binding_missing: 401,
  email_unverified: 403,
  domain_not_allowed: 403,
  email_not_allowed: 403,
  sign_up_closed: 403,
  user_disabled: 403,
  not_allowed: 403,
  not_administrator: 403,
  site_not_allowed: 403,
  unknown_site: 403,
  recent_sign_in_needed: 403,
  stronger_sign_in_needed: 403,
  cross_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  signed_in_as_another: 409,
  last_administrator: 409,
  administrator_by_configuration: 409,
  body_too_large: 413,
  not_a_form: 415,
  too_many_requests: 429,
  internal_error: 500,
  keys_unavailable: 503,
  database_unavailable: 503,
  binding_unavailable: 503,
} as const satisfies Record<string, number>;

/** The stable code of a refusal, part of the HTTP contract. */
export type RefusalCode = keyof typeof REFUSALS;

/** A person whom Google has verified and Foyer refuses. */
export interface RefusedPerson {
  sub: string;
  email: string;
  name: string;
}

/** What the words of a refusal name. They go to the person whom they are about, and to nobody else. */
export interface RefusalFacts {
  /** The email address of the account. */
  email?: string;
  /** When an admin disabled the account, in milliseconds since 1970. */
  disabledAt?: number;
  /** What the protected application is called. */
  site?: string;
  /** How administrators sign in to Google, by the names of RFC 8176: one of these is enough. */
  proofs?: readonly string[];
  /** The parameter that is wrong, for those who write requests. */
  parameter?: string;
}

/** A case of a code that has words of its own. */
export type RefusalVariant =
  | "bad_value"
  | "disabled_by_google"
  | "revoked_by_google"
  | "damaged_request"
  | "sign_in_strength_unknown"
  | "sign_in_not_begun";

/** The optional parts of a refusal: `detail` replaces its words, `headers` go out, `person` is for the audit log. */
export interface RefusalOptions {
  person?: RefusedPerson;
  facts?: RefusalFacts;
  variant?: RefusalVariant;
  cause?: unknown;
  detail?: string;
  headers?: Record<string, string>;
}

/** A refused request, with its code; `cause` is for the log. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  readonly code: RefusalCode;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly person: RefusedPerson | null;
  readonly facts: RefusalFacts;
  /** What its words are found by. */
  readonly kind: RefusalCode | RefusalVariant;
  readonly detail: string | null;
  /** The page to return to after the next sign-in, or to try again, or `null`. */
  returnPath: string | null = null;

  constructor(code: RefusalCode, options: RefusalOptions = {}) {
    const { cause, detail = null, facts = {}, headers = {}, person = null, variant } = options;
    super(detail ?? code, { cause });
    this.code = code;
    this.kind = variant ?? code;
    this.status = REFUSALS[code];
    this.headers = headers;
    this.person = person;
    this.facts = person ? { email: person.email, ...facts } : facts;
    this.detail = detail;
  }
}

/**
 * The registered error codes for a rejected security event token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8935#section-2.4
 */
export type SecurityEventErrorCode =
  | "invalid_request"
  | "invalid_key"
  | "invalid_issuer"
  | "invalid_audience"
  | "authentication_failed"
  | "access_denied";

/** A rejected security event token; `message` is for the sender, in fixed words that never quote the token. */
export class SecurityEventError extends Error {
  override readonly name = "SecurityEventError";
  readonly code: SecurityEventErrorCode;
  readonly status = 400;
  readonly headers = { "Content-Language": "en" };

  constructor(code: SecurityEventErrorCode, description: string) {
    super(description);
    this.code = code;
  }
}

/** Whether `error` is the store's `DatabaseError`; this layer knows the class by name only. */
export function isDatabaseError(error: unknown): error is Error {
  return error instanceof Error && error.name === "DatabaseError";
}
