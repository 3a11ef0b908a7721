import { Html } from "@elysiajs/html";

import { AUDIT_LOG, PATHS } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { findWord, type Words } from "../words/words.ts";
import { AdminTabs } from "./admin_tabs.tsx";
import { type EventFilter, FilterForm } from "./event_filter.tsx";
import { type EventRow, EventTable, TimeZone } from "./event_table.tsx";

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
  words: Words;
}

/** The audit log, with filters and downloads. */
export function AuditLogPage(props: AuditLogPageProps) {
  const { events, filter, note, newer, older, words } = props;
  const { title, noMatch, pages, newer: newerEvents, older: olderEvents } = words.auditLog;
  const query = queryOf(filter);
  const isFiltered = Object.keys(query).length > 0;
  return (
    <>
      <AdminTabs current={AUDIT_LOG} words={words} />
      <div class="head">
        <h1 safe>{title}</h1>
        <p class="muted" id="events_shown" data-announced>
          <span safe>{describeFilter(props)}</span> · <TimeZone words={words} />
        </p>
      </div>
      <div class="card">
        <FilterForm {...props} isFiltered={isFiltered} />
        {note === null ? null : (
          <p id="filter_note" safe>
            {note}
          </p>
        )}
        {events.length > 0 ? <EventTable events={events} words={words} /> : null}
        {events.length === 0 && note === null ? (
          <p safe>{isFiltered ? noMatch : words.events.none}</p>
        ) : null}
        <nav class="head" aria-label={pages}>
          <p>
            {newer === null ? null : (
              <PageLink name={AUDIT_LOG} query={{ ...query, after: String(newer) }} class="button">
                <span safe>{newerEvents}</span>
              </PageLink>
            )}{" "}
            {older === null ? null : (
              <PageLink name={AUDIT_LOG} query={{ ...query, before: String(older) }} class="button">
                <span safe>{olderEvents}</span>
              </PageLink>
            )}
          </p>
          {events.length > 0 ? <Downloads query={query} words={words} /> : null}
        </nav>
      </div>
    </>
  );
}

/** The filter as the query of an address. The zone is that of its days, so it needs one. */
function queryOf({ zone, ...filter }: EventFilter): Record<string, string> {
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  return filter.since || filter.until ? { ...query, ...(zone ? { zone } : {}) } : query;
}

function describeFilter({ filter, personText, words }: AuditLogPageProps): string {
  const { allEvents, daysIn } = words.auditLog;
  const what = findWord(words.events.kinds, filter.kind);
  const days = describeDays(filter, words);
  const parts = [what ?? allEvents, personText, days, days && daysIn(filter.zone || "UTC")];
  return parts.filter(Boolean).join(" · ");
}

function describeDays({ since, until }: EventFilter, { auditLog, formats }: Words): string {
  const [first, last] = [since, until].map((day) => day && formats.day(Date.parse(day)));
  if (first && last) return auditLog.between(first, last);
  if (first) return auditLog.from(first);
  return last ? auditLog.to(last) : "";
}

function Downloads({ query, words }: { query: Record<string, string>; words: Words }) {
  const path = (format: string) =>
    `${PATHS.auditExport}?${new URLSearchParams({ ...query, format })}`;
  return (
    <p class="fine">
      <span safe>{words.auditLog.download}</span>{" "}
      {/* Without `download`: a refusal comes as a page. */}
      <a href={path("csv")}>CSV</a> · <a href={path("jsonl")}>JSON Lines</a>
    </p>
  );
}
