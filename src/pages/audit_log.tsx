import { Html } from "@elysiajs/html";

import type { AuditEvent } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { AuditLogPage, type EventRow } from "../../views/pages/audit_log.tsx";
import { readQuery } from "../http/query.ts";
import { AUDIT_LOG, PATHS } from "../paths.ts";
import { exportEvents, readFilter } from "./audit_export.ts";
import { describeBrowser, describeMethod } from "./describe_session.ts";
import type { MemberContext, MemberPage } from "./page.ts";

const PAGE_LENGTH = 100;

/** The audit log. The page's address holds the filter. */
export const AUDIT_LOG_PAGE: MemberPage = {
  name: AUDIT_LOG,
  title: "Audit log",
  audience: "admins",
  address: PATHS.auditExport,
  // The admin page links to it.
  isHiddenInMenu: true,
  draw: drawAuditLog,
  routes: (page) => page.get("", exportEvents),
};

async function drawAuditLog({ store, query }: MemberContext): Promise<string> {
  const filter = readFilter(query);
  const found = await store.listEvents({ ...filter, limit: PAGE_LENGTH + 1 });
  const events = found.slice(0, PAGE_LENGTH);
  const read = (name: string) => readQuery(query, name, 40);
  return (
    <AuditLogPage
      events={await describeEvents(events, store)}
      filter={{
        kind: read("kind"),
        person: read("person"),
        since: read("since"),
        until: read("until"),
      }}
      next={found.length > PAGE_LENGTH ? (events.at(-1)?.seq ?? null) : null}
    />
  );
}

/** Events as rows in plain words, with the names of people who still have an account. */
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
    const how = kind === "signed_in" ? describeMethod(method) : method;
    return {
      seq,
      at,
      kind,
      actor: actorId === null ? "Foyer or Google" : (names.get(actorId) ?? "somebody deleted"),
      subject: name ?? email ?? (subjectId ? (names.get(subjectId) ?? "somebody deleted") : ""),
      subjectId: subjectId !== null && names.has(subjectId) ? subjectId : null,
      method: [how, count ? `${count} sessions` : ""].filter(Boolean).join(", "),
      network,
      browser: userAgent ? describeBrowser(userAgent) : "",
    };
  });
}
