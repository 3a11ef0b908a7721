import { Html } from "@elysiajs/html";

import { PEOPLE_ORDERS, type PeopleOrder, type PersonSummary } from "../../db/contract/people.ts";
import { DeskPage } from "../../views/pages/admin.tsx";
import { DeskPerson } from "../../views/pages/admin_person.tsx";
import { isConfiguredAdmin } from "../auth/admission.ts";
import { RefusedRequest } from "../errors.ts";
import { readQuery } from "../http/query.ts";
import { allowedPicture } from "../http/security_headers.ts";
import { describeEvents } from "./audit_log.tsx";
import { describeSession } from "./describe_session.ts";
import type { MemberSource } from "./page.ts";

const PAGE_LENGTH = 50;
const HISTORY_LENGTH = 50;
const DAYS = 30;
const DAY_MS = 86_400_000;

/** The desk, or with `person` in its address the page of one person. */
export function drawDesk(source: MemberSource): Promise<string> {
  const id = readQuery(source.query, "person", 36);
  return id ? drawPerson(id, source) : drawPeople(source);
}

async function drawPeople(source: MemberSource): Promise<string> {
  const { store, config, now, query, refusals } = source;
  const search = readQuery(query, "q", 100).trim();
  const order = readOrder(query);
  const after = await findPlace(source, order);
  const found = await store.listPeople({ query: search, order, after, limit: PAGE_LENGTH + 1 });
  const people = found.slice(0, PAGE_LENGTH);
  await refusals.flush();
  const days = lastDays(now());
  const counters = await store.readCounters({ now: now(), sinceDay: days[0] ?? "" });
  return String(
    <DeskPage
      counters={counters}
      days={days.map((day) => countDay(day, counters.days))}
      people={people.map((person) => ({ ...person, ...adminOf(person, source) }))}
      search={search}
      order={order}
      next={found.length > PAGE_LENGTH ? (people.at(-1)?.id ?? null) : null}
      signUp={config.signUp}
      invitations={await store.listInvitations()}
    />,
  );
}

async function drawPerson(id: string, source: MemberSource): Promise<string> {
  const { store, config, now } = source;
  const person = await store.findPerson(id);
  if (!person) throw noSuchPerson();
  const sessions = await store.listSessions({ userId: id, now: now() });
  const events = await store.listEvents({ personId: id, limit: HISTORY_LENGTH });
  const picture = allowedPicture(person.picture, config);
  return String(
    <DeskPerson
      person={{ ...person, picture, ...adminOf(person, source) }}
      sessions={sessions.map((session) => describeSession(session, source.signedIn.sessionId))}
      events={await describeEvents(events, store)}
    />,
  );
}

/** The refusal of whoever asks for somebody who is not here, or not any more. */
export function noSuchPerson(): RefusedRequest {
  return new RefusedRequest("not_found", { detail: "This person has no account here any more." });
}

function adminOf(person: PersonSummary, { config }: MemberSource) {
  return { isConfiguredAdmin: isConfiguredAdmin(person, config) };
}

function readOrder(query: URLSearchParams): PeopleOrder {
  const text = readQuery(query, "sort", 20) || "name";
  const order = PEOPLE_ORDERS.find((known) => known === text);
  if (order) return order;
  throw new RefusedRequest("bad_parameter");
}

/** The place behind the person whom the address names, in this order. */
async function findPlace({ store, query }: MemberSource, order: PeopleOrder) {
  const id = readQuery(query, "after", 36);
  const last = id ? await store.findPerson(id) : null;
  if (!last) return null;
  const { name, email, createdAt: created, signedInAt: signed_in } = last;
  return { value: { name, email, created, signed_in }[order], id };
}

function lastDays(now: number): string[] {
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(now - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

function countDay(day: string, counts: { day: string; code: string; count: number }[]) {
  let [signIns, refusals] = [0, 0];
  for (const each of counts.filter((count) => count.day === day)) {
    if (each.code === "signed_in") signIns += each.count;
    else refusals += each.count;
  }
  return { day, signIns, refusals };
}
