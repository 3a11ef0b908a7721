import type { AuditKind } from "../../db/contract/audit.ts";

/** The words for each kind of event. */
export const EVENT_WORDS: Record<AuditKind, string> = {
  signed_in: "Signed in",
  signed_out: "Signed out",
  session_ended: "Device signed out",
  sessions_ended: "Devices signed out",
  session_ended_by_suspicion: "Session closed: possible theft",
  session_ended_by_policy: "Session closed: no longer allowed",
  policy_refusal: "Sign-in blocked",
  disabled: "Account disabled",
  enabled: "Account enabled",
  administrator_made: "Admin role given",
  administrator_unmade: "Admin role removed",
  invited: "Invitation added",
  invitation_withdrawn: "Invitation revoked",
  deleted: "Account deleted",
  exported: "Data downloaded",
  security_event: "Google security alert",
};

/** The kinds of events that stand out. */
export const SERIOUS_EVENTS: ReadonlySet<AuditKind> = new Set<AuditKind>([
  "session_ended_by_suspicion",
  "session_ended_by_policy",
  "policy_refusal",
  "disabled",
  "deleted",
  "security_event",
]);

/** Why a sign-in was blocked, by the code of its refusal. Others are mistakes on the way. */
export const BLOCKED = new Map([
  ["email_unverified", "Email not verified"],
  ["domain_not_allowed", "Other organization"],
  ["email_not_allowed", "Email not allowed"],
  ["sign_up_closed", "Sign-up is closed"],
  ["user_disabled", "Account is disabled"],
]);

/** What Google reported, by the kind of its security event. */
const ALERTS = new Map([
  ["sessions_revoked", "Sessions revoked"],
  ["tokens_revoked", "Tokens revoked"],
  ["token_revoked", "Token revoked"],
  ["account_disabled", "Account disabled"],
  ["account_enabled", "Account enabled"],
  ["credential_change_required", "Password change required"],
  ["verification", "Test event"],
]);

/** What an event's `method` says in words: a code, or a kind with a reason in parentheses. */
export function describeDetail(kind: AuditKind, method: string): string {
  const [, name = "", reason] = /^(\w+)(?: \((.+)\))?$/.exec(method) ?? [];
  const words = (kind === "policy_refusal" ? BLOCKED : ALERTS).get(name);
  return words ? [words, reason].filter(Boolean).join(": ") : method;
}
