import type { RefusalCode, RefusalVariant } from "../src/errors.ts";
import type { IconName } from "./icon.tsx";

/** What a refusal is called here: its code, or a case of it. */
export type RefusalKind = RefusalCode | RefusalVariant;

/** What a person can do after a refusal. */
export type RefusalStep =
  | "another_account"
  | "same_account"
  | "google_account"
  | "contact"
  | "sign_in"
  | "home"
  | "reload"
  | "retry"
  | "people";

/** How a refusal looks: its steps, the obvious one first, and the icon of those that are about a sign-in. */
interface RefusalLook {
  steps: readonly RefusalStep[];
  icon?: IconName;
}

const AGAIN: RefusalLook = { steps: ["sign_in"], icon: "key" };
const SAME: RefusalLook = { steps: ["same_account"], icon: "key" };
const STRONGER: RefusalLook = { steps: ["same_account", "google_account"], icon: "key" };
const ANOTHER: RefusalLook = { steps: ["another_account"], icon: "lock" };
const HOME: RefusalLook = { steps: ["home"] };
const RELOAD: RefusalLook = { steps: ["reload"] };
const RETRY: RefusalLook = { steps: ["retry"] };
const NONE: RefusalLook = { steps: [] };

/** "Try again" stands only where that can help. */
export const REFUSAL_LOOKS: Record<RefusalKind, RefusalLook> = {
  missing_credential: AGAIN,
  malformed_credential: AGAIN,
  csrf_mismatch: AGAIN,
  nonce_missing: AGAIN,
  nonce_mismatch: AGAIN,
  nonce_expired: AGAIN,
  nonce_reused: AGAIN,
  invalid_credential: AGAIN,
  expired_credential: AGAIN,
  not_yet_valid: { steps: ["sign_in"], icon: "clock" },
  sign_in_not_begun: AGAIN,
  not_signed_in: AGAIN,
  binding_missing: { steps: ["retry", "sign_in"], icon: "key" },
  recent_sign_in_needed: SAME,
  stronger_sign_in_needed: STRONGER,
  sign_in_strength_unknown: STRONGER,
  email_unverified: { steps: ["google_account", "another_account"], icon: "mail" },
  domain_not_allowed: ANOTHER,
  email_not_allowed: ANOTHER,
  sign_up_closed: { steps: ["another_account"], icon: "mail" },
  user_disabled: { steps: ["contact", "another_account"], icon: "lock" },
  revoked_by_google: AGAIN,
  disabled_by_google: { steps: ["google_account"], icon: "lock" },
  not_allowed: HOME,
  not_administrator: HOME,
  site_not_allowed: { steps: ["another_account", "home"], icon: "lock" },
  unknown_site: HOME,
  cookie_not_kept: { steps: ["retry"], icon: "lock" },
  not_found: HOME,
  bad_parameter: HOME,
  method_not_allowed: HOME,
  cross_origin: RELOAD,
  not_a_form: RELOAD,
  damaged_request: RELOAD,
  signed_in_as_another: RELOAD,
  last_administrator: { steps: ["people"] },
  administrator_by_configuration: NONE,
  bad_value: NONE,
  body_too_large: NONE,
  too_many_requests: RETRY,
  internal_error: RETRY,
  keys_unavailable: RETRY,
  database_unavailable: RETRY,
  binding_unavailable: RETRY,
};
