/** Every refusal by code: its status and the sentence that a person reads. */
export const REFUSALS = {
  missing_credential: [400, "Google's answer did not arrive. Please sign in once more."],
  malformed_credential: [400, "Google's answer was damaged on its way. Please sign in once more."],
  csrf_mismatch: [400, "This sign-in took too long or began elsewhere. Please sign in once more."],
  bad_parameter: [400, "A value in this request is missing or not valid."],
  invalid_credential: [401, "Google's answer could not be verified. Please sign in once more."],
  expired_credential: [401, "Google's answer has expired. Please sign in once more."],
  not_yet_valid: [401, "Google's answer is not valid yet. Please check the time and try again."],
  nonce_missing: [401, "This sign-in did not begin on this page. Please sign in once more."],
  nonce_mismatch: [401, "This sign-in began in another browser. Please click once more."],
  nonce_expired: [401, "This page was open for a long time. Please click once more."],
  nonce_reused: [401, "This sign-in was used already. Please click once more."],
  not_signed_in: [401, "Please sign in to see this."],
  email_unverified: [403, "Google has not verified your address yet."],
  domain_not_allowed: [
    403,
    "This application is open to one organization only, not to this account.",
  ],
  email_not_allowed: [403, "This account is not on the list of those who may sign in here."],
  sign_up_closed: [403, "New accounts need an invitation."],
  user_disabled: [403, "An administrator has disabled this account."],
  not_allowed: [403, "This account may not open this page."],
  not_administrator: [403, "This is for administrators only."],
  recent_sign_in_needed: [403, "Please sign in once more first, to show that it is you."],
  cross_origin: [403, "This request came from another site and was refused."],
  not_found: [404, "There is nothing at this address."],
  method_not_allowed: [405, "This address does not take this kind of request."],
  signed_in_as_another: [
    409,
    "Somebody else has signed in meanwhile. The page shows their view now.",
  ],
  last_administrator: [409, "Somebody must remain who can administer."],
  administrator_by_configuration: [409, "The configuration makes this person an administrator."],
  body_too_large: [413, "This request is larger than 64 KiB."],
  not_a_form: [415, "This address takes form data only."],
  too_many_requests: [429, "Too many attempts. Please wait a minute."],
  internal_error: [500, "Something went wrong on our side."],
  keys_unavailable: [503, "Google cannot be reached to check this sign-in. Please try again soon."],
  database_unavailable: [503, "The database does not answer. Please try again soon."],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

/** The stable code of a refusal, part of the HTTP contract. */
export type RefusalCode = keyof typeof REFUSALS;

/** A person whom Google has verified and Foyer refuses. */
export interface RefusedPerson {
  sub: string;
  email: string;
  name: string;
}

/**
 * The optional parts of a refusal. `detail` replaces the sentence, `headers` are added to the answer, and
 * `person` is for the audit log.
 */
export interface RefusalOptions {
  person?: RefusedPerson;
  cause?: unknown;
  detail?: string;
  headers?: Record<string, string>;
}

/** A refused request, with its code; `message` is the sentence for people, `cause` is for the log. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  readonly code: RefusalCode;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly person: RefusedPerson | null;

  constructor(code: RefusalCode, { cause, detail, headers = {}, person }: RefusalOptions = {}) {
    const [status, sentence] = REFUSALS[code];
    super(detail ?? sentence, { cause });
    this.code = code;
    this.status = status;
    this.headers = headers;
    this.person = person ?? null;
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

/** A problem document (RFC 9457); `code` is our extension, `instance` is the id of the request in the log. */
export interface Problem {
  type: "about:blank";
  title: string;
  status: number;
  code: RefusalCode;
  detail: string;
  instance: string;
}

/** The problem document of `error`; `requestId` is the id of the request in the log. */
export function problemDocument(error: RefusedRequest, requestId: string): Problem {
  return {
    type: "about:blank",
    title: error.code.replaceAll("_", " "),
    status: error.status,
    code: error.code,
    detail: error.message,
    instance: `urn:uuid:${requestId}`,
  };
}
