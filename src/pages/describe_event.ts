import type { AuditEvent } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import type { EventRow } from "../../views/pages/event_table.tsx";
import { describeDetail } from "../../views/pages/event_words.ts";
import { describeBrowser, describeMethod } from "./describe_session.ts";

const DELETED = "Deleted person";

/** Events as rows in plain words, with the names of people who still have an account. */
export async function describeEvents(events: AuditEvent[], store: Store): Promise<EventRow[]> {
  const ids = new Set(events.flatMap(({ actorId, subjectId }) => [actorId, subjectId]));
  const names = new Map<string, string>();
  for (const id of ids) {
    const person = id === null ? null : await store.findPerson(id);
    if (person) names.set(person.id, person.name);
  }
  return events.map((event) => ({
    seq: event.seq,
    at: event.at,
    kind: event.kind,
    ...describeSubject(event, names),
    actor: describeActor(event, names),
    details: describeDetails(event),
  }));
}

function describeSubject({ subjectId, details }: AuditEvent, names: Map<string, string>) {
  const known = subjectId === null ? "" : (names.get(subjectId) ?? DELETED);
  return {
    subject: details?.name ?? details?.email ?? known,
    subjectId: subjectId !== null && names.has(subjectId) ? subjectId : null,
  };
}

/** Who did it; "" if people did it to themselves, or were refused. */
function describeActor({ kind, actorId, subjectId }: AuditEvent, names: Map<string, string>) {
  if (actorId !== null) return actorId === subjectId ? "" : (names.get(actorId) ?? DELETED);
  if (kind === "security_event") return "Google";
  return kind === "policy_refusal" ? "" : "System";
}

function describeDetails({ kind, details }: AuditEvent): string[] {
  const { method = "", network = "", userAgent = "", count } = details ?? {};
  const how = kind === "signed_in" ? describeMethod(method) : describeDetail(kind, method);
  const devices = count === 1 ? "1 device signed out" : `${count} devices signed out`;
  const browser = userAgent ? describeBrowser(userAgent) : "";
  return [how, count ? devices : "", browser, network].filter(Boolean);
}
