import { Html } from "@elysiajs/html";

import {
  AUDIT_KINDS,
  type AuditEvent,
  type AuditFilter,
  type AuditKind,
} from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { type EventRow, RecordPage } from "../../views/pages/audit_log.tsx";
import { RefusedRequest } from "../errors.ts";
import { readQuery } from "../http/query.ts";
import { describeBrowser, describeMethod } from "./describe_session.ts";
import type { MemberSource } from "./page.ts";

const PAGE_LENGTH = 100;
const DAY_MS = 86_400_000;

/** The record of every change of state, as its address asks for it. */
export async function drawRecord({ store, query }: MemberSource): Promise<string> {
  const filter = readFilter(query);
  const found = await store.listEvents({ ...filter, limit: PAGE_LENGTH + 1 });
  const events = found.slice(0, PAGE_LENGTH);
  const read = (name: string) => readQuery(query, name, 40);
  return String(
    <RecordPage
      events={await describeEvents(events, store)}
      filter={{
        kind: read("kind"),
        person: read("person"),
        since: read("since"),
        until: read("until"),
      }}
      next={found.length > PAGE_LENGTH ? (events.at(-1)?.seq ?? null) : null}
    />,
  );
}

/** Which events an address asks for. Throws `bad_parameter`. */
export function readFilter(query: URLSearchParams): Omit<AuditFilter, "limit"> {
  const kind = readKind(query);
  const personId = readQuery(query, "person", 36);
  const before = readQuery(query, "before", 15);
  if (before && !/^\d+$/.test(before)) throw new RefusedRequest("bad_parameter");
  const since = readDay(query, "since");
  const until = readDay(query, "until");
  return {
    ...(kind ? { kind } : {}),
    ...(personId ? { personId } : {}),
    ...(since === null ? {} : { since }),
    // The last day is included.
    ...(until === null ? {} : { until: until + DAY_MS }),
    ...(before ? { before: Number(before) } : {}),
  };
}

function readKind(query: URLSearchParams): AuditKind | null {
  const text = readQuery(query, "kind", 40);
  const kind = AUDIT_KINDS.find((known) => known === text) ?? null;
  if (text && !kind) throw new RefusedRequest("bad_parameter");
  return kind;
}

function readDay(query: URLSearchParams, name: string): number | null {
  const text = readQuery(query, name, 10);
  if (!text) return null;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new RefusedRequest("bad_parameter");
  return at;
}

/** Events in words, with the names of whoever is still here. */
export async function describeEvents(events: AuditEvent[], store: Store): Promise<EventRow[]> {
  const ids = new Set(events.flatMap(({ actorId, subjectId }) => [actorId, subjectId]));
  const names = new Map<string, string>();
  for (const id of ids) {
    const person = id === null ? null : await store.findPerson(id);
    if (person) names.set(person.id, person.name);
  }
  return events.map(({ seq, at, kind, actorId, subjectId, details }) => {
    const { name, email, network = "", userAgent = "", count } = details ?? {};
    const method = details?.method ?? "";
    const way = kind === "signed_in" ? describeMethod(method) : method;
    return {
      seq,
      at,
      kind,
      actor: actorId === null ? "Foyer or Google" : (names.get(actorId) ?? "somebody deleted"),
      subject: name ?? email ?? (subjectId ? (names.get(subjectId) ?? "somebody deleted") : ""),
      subjectId: subjectId !== null && names.has(subjectId) ? subjectId : null,
      method: [way, count ? `${count} sessions` : ""].filter(Boolean).join(", "),
      network,
      browser: userAgent ? describeBrowser(userAgent) : "",
    };
  });
}
