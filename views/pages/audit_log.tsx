import { Html } from "@elysiajs/html";

import { AUDIT_LOG, PATHS } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { AdminTabs } from "./admin_tabs.tsx";
import { type EventFilter, FilterForm } from "./event_filter.tsx";
import { type EventRow, EventTable } from "./event_table.tsx";
import { EVENT_WORDS } from "./event_words.ts";

export interface AuditLogPageProps {
  events: EventRow[];
  filter: EventFilter;
  /** What the field for the person shows: the address instead of an id. */
  personText: string;
  /** Why the filter selects nothing, or what it leaves out. */
  note: string | null;
  /** The numbers of the first and last shown events, where there are newer or older ones. */
  newer: number | null;
  older: number | null;
}

/** The audit log, with filters and downloads. */
export function AuditLogPage(props: AuditLogPageProps) {
  const { events, filter, note, newer, older } = props;
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  const isFiltered = Object.keys(query).length > 0;
  return (
    <>
      <AdminTabs current={AUDIT_LOG} />
      <div class="head">
        <h1>Audit log</h1>
        <p class="muted" id="events_shown" safe>
          {describeFilter(props)}
        </p>
      </div>
      <div class="card">
        <FilterForm {...props} isFiltered={isFiltered} />
        {note === null ? null : (
          <p id="filter_note" safe>
            {note}
          </p>
        )}
        {events.length > 0 ? <EventTable events={events} /> : null}
        {events.length === 0 && note === null ? (
          <p>{isFiltered ? "No events match these filters." : "No events"}</p>
        ) : null}
        <nav class="head" aria-label="Pages">
          <p>
            {newer === null ? null : (
              <PageLink name={AUDIT_LOG} query={{ ...query, after: String(newer) }} class="button">
                Newer events
              </PageLink>
            )}{" "}
            {older === null ? null : (
              <PageLink name={AUDIT_LOG} query={{ ...query, before: String(older) }} class="button">
                Older events
              </PageLink>
            )}
          </p>
          {events.length > 0 ? <Downloads query={query} /> : null}
        </nav>
      </div>
    </>
  );
}

function describeFilter({ filter, personText }: AuditLogPageProps): string {
  const what = Object.entries(EVENT_WORDS).find(([kind]) => kind === filter.kind)?.[1];
  const { since, until } = filter;
  const days =
    since && until ? `${since} to ${until}` : since ? `from ${since}` : until && `to ${until}`;
  return [what ?? "All events", personText, days, "From and to are days in UTC"]
    .filter(Boolean)
    .join(" · ");
}

function Downloads({ query }: { query: Record<string, string> }) {
  const path = (format: string) =>
    `${PATHS.auditExport}?${new URLSearchParams({ ...query, format })}`;
  return (
    <p class="fine">
      Download:{" "}
      <a href={path("csv")} download="">
        CSV
      </a>{" "}
      ·{" "}
      <a href={path("jsonl")} download="">
        JSON Lines
      </a>
    </p>
  );
}
