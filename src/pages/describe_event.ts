import type { AuditEvent, AuditKind } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import type { EventRow } from "../../views/pages/event_table.tsx";
import { describeDetail } from "../../views/pages/event_words.ts";
import type { Words } from "../../views/words/words.ts";
import { describeBrowser, describeMethod } from "./describe_session.ts";

/** Events as rows in plain words, with the names of people who still have an account. */
export async function describeEvents(
  events: AuditEvent[],
  { store, words }: { store: Store; words: Words },
): Promise<EventRow[]> {
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
    ...describeSubject(event, { names, words }),
    actor: describeActor(event, { names, words }),
    details: describeDetails(event, words),
  }));
}

/** Nobody has done them: people were refused, or their device was not there. */
const REFUSALS: readonly AuditKind[] = [
  "policy_refusal",
  "site_refusal",
  "binding_missing",
  "binding_refused",
];

interface Names {
  names: Map<string, string>;
  words: Words;
}

function describeSubject({ subjectId, details }: AuditEvent, { names, words }: Names) {
  const known = subjectId === null ? "" : (names.get(subjectId) ?? words.events.deletedPerson);
  return {
    subject: details?.name ?? details?.email ?? known,
    subjectId: subjectId !== null && names.has(subjectId) ? subjectId : null,
  };
}

/** Who did it; "" if people did it to themselves, or were refused. */
function describeActor({ kind, actorId, subjectId }: AuditEvent, { names, words }: Names) {
  const { deletedPerson, system } = words.events;
  if (actorId !== null) return actorId === subjectId ? "" : (names.get(actorId) ?? deletedPerson);
  if (kind === "security_event") return "Google";
  return REFUSALS.includes(kind) ? "" : system;
}

function describeDetails({ kind, details }: AuditEvent, words: Words): string[] {
  const { method = "", site = "", network = "", userAgent = "", count } = details ?? {};
  const how =
    kind === "signed_in" ? describeMethod(method, words) : describeDetail(kind, method, words);
  const devices = count ? words.events.devicesSignedOut(count) : "";
  const browser = userAgent ? describeBrowser(userAgent, words) : "";
  return [how, site, devices, browser, network].filter(Boolean);
}
