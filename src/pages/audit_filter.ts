import { AUDIT_KINDS, type AuditFilter, type AuditKind } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { asciiLowerCase, isEmailAddress } from "../auth/email_address.ts";
import { RefusedRequest } from "../errors.ts";
import { readQuery } from "../http/query.ts";

const DAY_MS = 86_400_000;
/** The events of more people would take too long to sort. */
const MAX_PEOPLE = 50;

/** The events that an address selects; `filter` is `null` if there can be none. `note` says what is odd about it. */
export interface ReadFilter {
  filter: Omit<AuditFilter, "limit"> | null;
  note: string | null;
}

/** Reads the event filter from an address. Throws `bad_parameter`. */
export async function readFilter(query: URLSearchParams, store: Store): Promise<ReadFilter> {
  const kind = readKind(query);
  const before = readSeq(query, "before");
  const after = readSeq(query, "after");
  const since = readDay(query, "since");
  const until = readDay(query, "until");
  const { who, note } = await findPeople(readQuery(query, "person", 100).trim(), store);
  if (since !== null && until !== null && since > until) {
    return { filter: null, note: "“From date” is after “To date”." };
  }
  const filter = {
    ...(kind ? { kind } : {}),
    ...who,
    ...(since === null ? {} : { since }),
    // `until` includes its day.
    ...(until === null ? {} : { until: until + DAY_MS }),
    ...(before === null ? {} : { before }),
    ...(after === null ? {} : { after }),
  };
  return { filter, note };
}

/** Finds people by their id, or by a part of the name or address. A whole address needs no account. */
async function findPeople(
  text: string,
  store: Store,
): Promise<{ who: Pick<AuditFilter, "personId" | "people">; note: string | null }> {
  if (text === "") return { who: {}, note: null };
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)) {
    return { who: { personId: text }, note: null };
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
  const note = `More than ${MAX_PEOPLE} people match “${text}”. Only events of ${MAX_PEOPLE} of them are listed.`;
  return { who: { people: { ids, email } }, note: count > MAX_PEOPLE ? note : null };
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

function readDay(query: URLSearchParams, name: string): number | null {
  const text = readQuery(query, name, 10);
  if (!text) return null;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new RefusedRequest("bad_parameter");
  return at;
}
