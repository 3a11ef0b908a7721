import type { AuditKind } from "../../db/contract/audit.ts";
import { findWord, type Words } from "../words/words.ts";

/** The kinds of events that stand out. */
export const SERIOUS_EVENTS: ReadonlySet<AuditKind> = new Set<AuditKind>([
  "session_ended_by_suspicion",
  "session_ended_by_policy",
  "binding_missing",
  "binding_refused",
  "policy_refusal",
  "site_refusal",
  "disabled",
  "deleted",
  "restored",
  "security_event",
]);

/** Why a sign-in was blocked, by the code of its refusal, or `undefined` for a mistake on the way. */
export function describeBlocked(code: string, { events }: Words): string | undefined {
  return findWord(events.blocked, code);
}

/** What an event's `method` says in words: a code, or a kind with a reason in parentheses. */
export function describeDetail(kind: AuditKind, method: string, words: Words): string {
  const [, name = "", reason] = /^(\w+)(?: \((.+)\))?$/.exec(method) ?? [];
  if (kind === "deleted") return findWord(words.events.deletions, name) ?? method;
  const text =
    kind === "policy_refusal" ? describeBlocked(name, words) : findWord(words.events.alerts, name);
  return text ? [text, reason].filter(Boolean).join(": ") : method;
}
