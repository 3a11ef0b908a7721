import { AUDIT_KINDS, type AuditFilter, type AuditKind } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import type { Words } from "../../views/words/words.ts";
import { asciiLowerCase, isEmailAddress } from "../auth/email_address.ts";
import { RefusedRequest } from "../errors.ts";
import { readQuery } from "../http/query.ts";

/** The events of more people would take too long to sort. */
const MAX_PEOPLE = 50;

/** The events that an address selects; `filter` is `null` if there can be none. `note` says what is odd about it. */
export interface ReadFilter {
  filter: Omit<AuditFilter, "limit"> | null;
  note: string | null;
}

/** Reads the event filter from an address. Throws `bad_parameter`. */
export async function readFilter(
  query: URLSearchParams,
  { store, words }: { store: Store; words: Words },
): Promise<ReadFilter> {
  const kind = readKind(query);
  const before = readSeq(query, "before");
  const after = readSeq(query, "after");
  const zone = readZone(query);
  const text = readQuery(query, "person", 100).trim();
  const since = readDay(query, "since");
  const until = readDay(query, "until");
  const { who, isCut } = await findPeople(text, store);
  if (since && until && Temporal.PlainDate.compare(since, until) > 0) {
    return { filter: null, note: words.auditLog.wrongOrder };
  }
  const filter = {
    ...(kind ? { kind } : {}),
    ...who,
    ...(since === null ? {} : { since: beginningOf(since, zone) }),
    // `until` includes its day, which may be shorter or longer than 24 hours.
    ...(until === null ? {} : { until: beginningOf(until.add({ days: 1 }), zone) }),
    ...(before === null ? {} : { before }),
    ...(after === null ? {} : { after }),
  };
  return { filter, note: isCut ? words.auditLog.manyPeople(MAX_PEOPLE, text) : null };
}

/** Finds people by their id, or by a part of the name or address. A whole address needs no account. */
async function findPeople(
  text: string,
  store: Store,
): Promise<{ who: Pick<AuditFilter, "personId" | "people">; isCut: boolean }> {
  if (text === "") return { who: {}, isCut: false };
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)) {
    return { who: { personId: text }, isCut: false };
  }
  const { people, count } = await store.listPeople({
    search: text,
    filter: "all",
    order: "signed_in",
    isReversed: false,
    skip: 0,
    limit: MAX_PEOPLE,
    configuredAdmins: new Set(),
  });
  const ids = people.map(({ id }) => id);
  const email = isEmailAddress(text) ? asciiLowerCase(text) : null;
  return { who: { people: { ids, email } }, isCut: count > MAX_PEOPLE };
}

function readKind(query: URLSearchParams): AuditKind | null {
  const text = readQuery(query, "kind", 40);
  const kind = AUDIT_KINDS.find((known) => known === text) ?? null;
  if (text && !kind) throw new RefusedRequest("bad_parameter");
  return kind;
}

function readSeq(query: URLSearchParams, name: string): number | null {
  const text = readQuery(query, name, 15);
  if (!/^\d*$/.test(text)) throw new RefusedRequest("bad_parameter");
  return text ? Number(text) : null;
}

function readDay(query: URLSearchParams, name: string): Temporal.PlainDate | null {
  const text = readQuery(query, name, 10);
  if (!text) return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new RefusedRequest("bad_parameter");
  return orRefuse(() => Temporal.PlainDate.from(text));
}

/** The time zone of the days, as `Intl` names it, such as Europe/Berlin. */
function readZone(query: URLSearchParams): string {
  const zone = readQuery(query, "zone", 60) || "UTC";
  return orRefuse(() => new Intl.DateTimeFormat("en", { timeZone: zone })) && zone;
}

function beginningOf(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime(zone).epochMilliseconds;
}

function orRefuse<Value>(read: () => Value): Value {
  try {
    return read();
  } catch {
    throw new RefusedRequest("bad_parameter");
  }
}
