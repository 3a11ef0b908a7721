import { Html } from "@elysiajs/html";

import type { AuditKind } from "../../db/contract/audit.ts";
import { ADMIN_PEOPLE } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";
import { SERIOUS_EVENTS } from "./event_words.ts";

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
  words: Words;
}

/**
 * A table of events, newest first, with a group for each day: in UTC, until views/browser/page/day_groups.ts moves
 * the rows to the reader's days. In a small window each event is a card.
 */
export function EventTable({ events, isOfOnePerson = false, words }: EventTableProps) {
  const { none, list, newestFirst, columns } = words.events;
  if (events.length === 0) return <p safe>{none}</p>;
  const { person, ...others } = columns;
  const titles = Object.values(isOfOnePerson ? others : columns);
  return (
    <div class="wide" role="region" aria-label={list} tabindex="0">
      <table class="stack" role="table" data-by_day>
        <caption class="hear" safe>
          {newestFirst}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {titles.map((title) => (
              <th role="columnheader" scope="col" safe>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {groupByDay(events).map((ofDay) => (
          <tbody role="rowgroup">
            <tr role="row">
              <th role="rowheader" scope="rowgroup" colspan={titles.length}>
                <Time at={ofDay[0]?.at ?? 0} as="heading" words={words} />
              </th>
            </tr>
            {ofDay.map((event) => (
              <EventCells {...event} isOfOnePerson={isOfOnePerson} words={words} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Neighbours of one day. The order stays, also where the clock was set back. */
function groupByDay(events: EventRow[]): EventRow[][] {
  const dayOf = ({ at }: EventRow) => new Date(at).toISOString().slice(0, 10);
  const groups: EventRow[][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    if (group?.[0] && dayOf(group[0]) === dayOf(event)) group.push(event);
    else groups.push([event]);
  }
  return groups;
}

function EventCells(event: EventRow & { isOfOnePerson: boolean; words: Words }) {
  const { at, kind, actor, details, isOfOnePerson, words } = event;
  return (
    <tr role="row">
      <td role="cell" class="when">
        <Time at={at} as="time" words={words} />
      </td>
      <th role="rowheader" scope="row">
        <span class={SERIOUS_EVENTS.has(kind) ? "bad" : undefined} safe>
          {words.events.kinds[kind]}
        </span>
      </th>
      {isOfOnePerson ? null : (
        <td role="cell">
          <Subject {...event} />
        </td>
      )}
      {actor ? (
        <td role="cell" data-label={words.events.columns.by}>
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

/** The zone of the times and days of a table: the reader's, as soon as our script has written it. */
export function TimeZone({ words }: { words: Words }) {
  return (
    <>
      <span safe>{words.events.timeZone}</span> <span data-time_zone>UTC</span>
    </>
  );
}
