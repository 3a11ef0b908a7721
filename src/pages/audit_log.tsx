import { Html } from "@elysiajs/html";

import type { AuditEvent } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { AuditLogPage } from "../../views/pages/audit_log.tsx";
import { readQuery } from "../http/query.ts";
import { AUDIT_LOG, PATHS } from "../paths.ts";
import { exportEvents } from "./audit_export.ts";
import { type ReadFilter, readFilter } from "./audit_filter.ts";
import { describeEvents } from "./describe_event.ts";
import type { MemberContext, MemberPage } from "./page.ts";

const PAGE_LENGTH = 100;

/** The audit log. The page's address holds the filter. */
export const AUDIT_LOG_PAGE: MemberPage = {
  name: AUDIT_LOG,
  title: ({ auditLog }) => auditLog.title,
  audience: "admins",
  address: PATHS.auditExport,
  // A tab of the admin pages leads to it.
  isHiddenInMenu: true,
  draw: drawAuditLog,
  routes: (page) => page.get("", exportEvents, { needsRecentSignIn: true }),
};

async function drawAuditLog({ store, query, words }: MemberContext): Promise<string> {
  const { filter, note } = await readFilter(query, { store, words });
  const { events, newer, older } = await readEvents(filter, store);
  const read = (name: string) => readQuery(query, name, 100);
  const known = filter?.personId ? await store.findPerson(filter.personId) : null;
  return (
    <AuditLogPage
      events={await describeEvents(events, { store, words })}
      filter={{
        kind: read("kind"),
        person: read("person"),
        since: read("since"),
        until: read("until"),
        zone: read("zone"),
      }}
      personText={known?.email ?? read("person")}
      {...{ note, newer, older, words }}
    />
  );
}

interface EventPage {
  events: AuditEvent[];
  newer: number | null;
  older: number | null;
}

/** One page of events, and whether there are newer and older ones. */
async function readEvents(filter: ReadFilter["filter"], store: Store): Promise<EventPage> {
  if (filter === null) return { events: [], newer: null, older: null };
  const { after, before, ...rest } = filter;
  const limit = PAGE_LENGTH + 1;
  if (after !== undefined) {
    const found = await store.listEvents({ ...rest, after, limit });
    // With less than a page of newer ones, this is the first page.
    if (found.length < limit) return readEvents(rest, store);
    const events = found.slice(1);
    return { events, newer: events[0]?.seq ?? null, older: events.at(-1)?.seq ?? null };
  }
  const found = await store.listEvents({ ...filter, limit });
  const events = found.slice(0, PAGE_LENGTH);
  return {
    events,
    newer: before === undefined ? null : (events[0]?.seq ?? before - 1),
    older: found.length > PAGE_LENGTH ? (events.at(-1)?.seq ?? null) : null,
  };
}
