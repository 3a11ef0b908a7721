import { Html } from "@elysiajs/html";

import type { AuditKind } from "../../db/contract/audit.ts";
import { ADMIN, AUDIT_LOG, pagePath, PATHS } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { Time } from "../time.tsx";
import { EVENT_WORDS } from "./event_words.ts";

/** An event of the audit log, in words. */
export interface EventRow {
  seq: number;
  at: number;
  kind: AuditKind;
  /** The person who did it. */
  actor: string;
  /** The person it concerns, and their id while they have an account. */
  subject: string;
  subjectId: string | null;
  /** The method, the network, and the browser. */
  method: string;
  network: string;
  browser: string;
}

/** A table of events, newest first. */
export function EventTable({ events }: { events: EventRow[] }) {
  if (events.length === 0) return <p>Nothing is recorded.</p>;
  return (
    <div class="wide" role="region" aria-label="Events" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">Whom</th>
            <th scope="col">How</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr>
              <td>
                <Time at={event.at} />
              </td>
              <th scope="row" safe>
                {EVENT_WORDS[event.kind]}
              </th>
              <td safe>{event.actor}</td>
              <td>
                {event.subjectId ? (
                  <PageLink name={ADMIN} query={{ person: event.subjectId }}>
                    <span safe>{event.subject}</span>
                  </PageLink>
                ) : (
                  <span safe>{event.subject}</span>
                )}
              </td>
              <td safe>{event.method}</td>
              <td safe>{[event.network, event.browser].filter(Boolean).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface AuditLogPageProps {
  events: EventRow[];
  /** The filter, as in the address. */
  filter: { kind: string; person: string; since: string; until: string };
  /** The number of the last shown event, or `null` if there are no more. */
  next: number | null;
}

/** The audit log, with a filter and exports. */
export function AuditLogPage({ events, filter, next }: AuditLogPageProps) {
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  const exportPath = (format: string) =>
    `${PATHS.auditExport}?${new URLSearchParams({ ...query, format })}`;
  return (
    <section class="card">
      <h1>Audit log</h1>
      <form class="search" action={pagePath(AUDIT_LOG)}>
        <label for="record_kind">What</label>
        <select id="record_kind" name="kind">
          <option value="">everything</option>
          {Object.entries(EVENT_WORDS).map(([kind, words]) => (
            <option value={kind} selected={kind === filter.kind} safe>
              {words}
            </option>
          ))}
        </select>
        <label for="record_since">From</label>
        <input id="record_since" type="date" name="since" value={filter.since} />
        <label for="record_until">until</label>
        <input id="record_until" type="date" name="until" value={filter.until} />
        <button type="submit" class="button">
          Show
        </button>
      </form>
      <EventTable events={events} />
      <p class="buttons">
        {next === null ? null : (
          <PageLink name={AUDIT_LOG} query={{ ...query, before: String(next) }} class="button">
            Older
          </PageLink>
        )}
        <a class="button" href={exportPath("csv")} download="record.csv">
          Download as CSV
        </a>
        <a class="button" href={exportPath("jsonl")} download="record.jsonl">
          Download as JSON Lines
        </a>
      </p>
    </section>
  );
}
