import { Html } from "@elysiajs/html";

import type { AuditKind } from "../../db/contract/audit.ts";
import { ADMIN_PEOPLE } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { Time } from "../time.tsx";
import { EVENT_WORDS, SERIOUS_EVENTS } from "./event_words.ts";

/** An event of the audit log, in words. */
export interface EventRow {
  seq: number;
  at: number;
  kind: AuditKind;
  /** The person it concerns, and their id while they have an account. */
  subject: string;
  subjectId: string | null;
  /** Who did it, unless it is the same person. */
  actor: string;
  /** What else is known: how, with which browser, from which network. */
  details: string[];
}

export interface EventTableProps {
  events: EventRow[];
  /** Whether all events concern one person, who needs no column. */
  isOfOnePerson?: boolean;
}

/** A table of events, newest first. In a small window each event is a card. */
export function EventTable({ events, isOfOnePerson = false }: EventTableProps) {
  if (events.length === 0) return <p>No events</p>;
  const columns = ["Time", "Event", ...(isOfOnePerson ? [] : ["Person"]), "By", "Details"];
  return (
    <div class="wide" role="region" aria-label="Events" tabindex="0">
      <table class="stack" role="table">
        <caption class="hear">Events, newest first</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th role="columnheader" scope="col" safe>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {events.map((event) => (
            <EventCells {...event} isOfOnePerson={isOfOnePerson} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EventCells(event: EventRow & { isOfOnePerson: boolean }) {
  const { at, kind, actor, details, isOfOnePerson } = event;
  return (
    <tr role="row">
      <td role="cell" class="when">
        <Time at={at} />
      </td>
      <th role="rowheader" scope="row">
        <span class={SERIOUS_EVENTS.has(kind) ? "bad" : undefined} safe>
          {EVENT_WORDS[kind]}
        </span>
      </th>
      {isOfOnePerson ? null : (
        <td role="cell">
          <Subject {...event} />
        </td>
      )}
      {actor ? (
        <td role="cell" data-label="By">
          <bdi safe>{actor}</bdi>
        </td>
      ) : (
        <td role="cell"></td>
      )}
      <td role="cell" class="muted fine" safe>
        {details.join(" · ")}
      </td>
    </tr>
  );
}

function Subject({ subject, subjectId }: EventRow) {
  if (!subjectId) return <bdi safe>{subject}</bdi>;
  return (
    <PageLink name={ADMIN_PEOPLE} query={{ person: subjectId }}>
      <bdi safe>{subject}</bdi>
    </PageLink>
  );
}
