import type { AuditEvent, AuditKind } from "../../db/contract/audit.ts";
import type { ActivityRow } from "../../views/pages/activity.tsx";
import { describeDetail } from "../../views/pages/event_words.ts";
import type { Words } from "../../views/words/words.ts";
import { describeDevice, describeMethod } from "./describe_session.ts";
import type { MemberContext } from "./page.ts";

/** What only an admin does, to somebody else. */
const ACTS_OF_ADMINS: AuditKind[] = [
  "session_ended",
  "sessions_ended",
  "disabled",
  "enabled",
  "administrator_made",
  "administrator_unmade",
];

/** How far back a person sees what happened to their account. */
const ACTIVITY_MS = 30 * 86_400_000;

/** What happened to the account of the person who looks, the newest first. */
export async function readActivity(
  { store, words, now, signedIn }: MemberContext,
  limit: number,
): Promise<ActivityRow[]> {
  const since = now() - ACTIVITY_MS;
  const events = await store.listOwnEvents({ userId: signedIn.user.id, since, limit });
  return events.map((event) => describeActivity(event, words));
}

/** Describes an event for the person whom it concerns, without who else acted and from where. */
export function describeActivity(event: AuditEvent, words: Words): ActivityRow {
  const { seq, at, kind, actorId, details } = event;
  const { userAgent = "", method = "", site = "", count = 0 } = details ?? {};
  const device = userAgent ? describeDevice(userAgent, words) : null;
  const isAdmins = actorId === null && ACTS_OF_ADMINS.includes(kind);
  return {
    seq,
    at,
    title: words.events.kinds[kind],
    icon: iconOf(kind) ?? device?.kind ?? "shield",
    isAlarming: isAlarm(kind, method),
    details: [
      device?.browser ?? "",
      isAdmins ? words.activity.byAdmin : "",
      explain({ kind, method, words }),
      URL.parse(site)?.host ?? "",
      count > 0 ? words.activity.devices(count) : "",
    ].filter(Boolean),
  };
}

function explain({
  kind,
  method,
  words,
}: {
  kind: AuditKind;
  method: string;
  words: Words;
}): string {
  if (kind === "signed_in") return describeMethod(method, words);
  if (kind === "session_ended_by_suspicion") return words.activity.theft;
  return describeDetail(kind, method, words);
}

function iconOf(kind: AuditKind): ActivityRow["icon"] | null {
  if (kind === "exported") return "download";
  return kind === "signed_in" || kind === "signed_out" ? null : "shield";
}

/** Signs of a thief. */
const THEFTS: AuditKind[] = ["session_ended_by_suspicion", "binding_missing", "binding_refused"];

/** Whether the person should find out what happened: a stolen session, or what Google has noticed. */
function isAlarm(kind: AuditKind, method: string): boolean {
  if (THEFTS.includes(kind)) return true;
  return kind === "security_event" && !method.startsWith("account_enabled");
}
