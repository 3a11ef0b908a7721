import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import type { AppStore } from "../../../db/contract/app_store.ts";
import {
  PEOPLE_FILTERS,
  PEOPLE_ORDERS,
  type PeopleQuery,
} from "../../../db/contract/people_list.ts";
import { openStore } from "../../../db/open_store.ts";
import { parseDatabase } from "../../../src/config/database.ts";
import { MACHINE } from "../../../src/machine.ts";
import { auditAt } from "../../fixture.ts";
import { PATIENT } from "../../postgres/migrated.ts";
import { type PostgresServer, startPostgres } from "../../postgres/server.ts";
import { hasPostgres } from "../../programs.ts";
import { type RawSql, rawSqlAt } from "../raw_sql.ts";
import { signInWith } from "../sign_ins.ts";

// PostgreSQL itself says how it has run each statement of the store, those of foreign keys included, among many rows.

const PEOPLE = 20_000;
const NOW = Date.UTC(2026, 10, 26);
const DAY_MS = 86_400_000;

/** People with a session each, and events about them. */
const MANY_ROWS = `
SET auto_explain.log_min_duration = -1;
INSERT INTO users (id, sub, email, email_verified, name, created_at, signed_in_at)
  SELECT 'u' || n, 's' || n, 'p' || n || '@a.example', true, 'Person ' || n, ${NOW} - n, ${NOW} - n
  FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO sessions (id, user_id, created_at, last_seen_at, expires_at, ends_at, generation, renewed_at, access_hash)
  SELECT 'i' || n, 'u' || n, ${NOW}, ${NOW}, ${NOW + DAY_MS} + n, ${NOW + DAY_MS} + n, 1, ${NOW}, 'a' || n
  FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO session_tokens SELECT 't' || n, 'i' || n, 1, ${NOW}, NULL FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO bound_tokens SELECT 'b' || n, 'i' || n, ${NOW + DAY_MS} + n FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO ended_tokens SELECT 'e' || n, 'u' || n, 'expired', ${NOW + DAY_MS} + n FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO used_nonces SELECT repeat('n', 40) || n, ${NOW + DAY_MS} + n FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO recorded_once SELECT repeat('o', 40) || n, ${NOW + DAY_MS} + n FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO google_accounts SELECT repeat('g', 40) || n, 0, 0, false, ${NOW + DAY_MS} + n FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO audit_events SELECT n, ${NOW} - ${PEOPLE} + n, 'signed_in', 'u' || n, 'u' || n, 'h', 'h' FROM generate_series(1, ${PEOPLE}) n;
INSERT INTO audit_details SELECT n, 's', '{"x":"' || repeat('x', 300) || '"}', 'p' || n || '@a.example' FROM generate_series(1, ${PEOPLE}) n;
UPDATE audit_marks SET seq = ${PEOPLE}, hash = 'h' WHERE name = 'head';
INSERT INTO audit_marks SELECT 'head', ${PEOPLE}, 'h' WHERE NOT EXISTS (SELECT 1 FROM audit_marks WHERE name = 'head');
ANALYZE;
`;

const LARGE = [
  "users",
  "sessions",
  "session_tokens",
  "bound_tokens",
  "ended_tokens",
  "used_nonces",
  "recorded_once",
  "google_accounts",
  "audit_events",
  "audit_details",
];

const AUDIT = auditAt(NOW);
const POLICY = {
  configuredAdmins: new Set<string>(),
  admit: () => ({ mayEnter: true, isAdmin: false }),
};
const act = (userId: string) => ({ userId, policy: POLICY });
const ids = ["u42", "u43"];
const admins = { configuredAdmins: new Set(["p7@a.example"]) };
const token = { sessionId: "i50", generation: 1, now: NOW + 1000 };

/** What requests, people, administrators and the sweeper do. */
const WORK: Record<string, (store: AppStore) => Promise<unknown>> = {
  "a session by its token": (store) => store.findSession("t42", "b42"),
  "a session by its token for applications": (store) => store.findSessionByAccess("a42"),
  "a session by its id": (store) => store.findSessionById("i42"),
  "a hundred sessions by their ids": (store) =>
    store.findSessionsById(Array.from({ length: 100 }, (_, number) => `i${number + 1}`)),
  activity: (store) =>
    store.recordActivity({ ...token, seenAt: NOW, idleEndsAt: NOW + 2 * DAY_MS }),
  "a next token": (store) => store.offerToken({ ...token, hash: "next", graceMs: 1000 }),
  "a token that is presented": (store) => store.acceptToken({ ...token, hash: "next" }),
  "the end of a session": (store) => store.findSessionEnd({ tokenHash: "e42", now: NOW }),
  "a binding": (store) => store.findBinding("i42"),
  "a sign-in": (store) =>
    store.signIn(
      signInWith({
        identity: { ...signInWith().identity, sub: "s60", email: "p60@a.example" },
        previousTokenHash: "t61",
        tokenIssuedAt: NOW,
        nonceKeptUntil: NOW + DAY_MS,
        expiresAt: NOW + DAY_MS,
        idleEndsAt: NOW + DAY_MS,
      }),
      AUDIT,
    ),
  "a sign-out": (store) => store.signOut("t62", AUDIT),
  "the sessions of a person": (store) => store.listSessions({ userId: "u42", now: NOW }),
  "signing out everywhere": (store) =>
    store.endSessionsOf({ userId: "u63", exceptId: null }, AUDIT),
  "disabling a person": (store) => store.disable(act("u64"), AUDIT),
  "deleting a person": (store) => store.deletePerson(act("u65"), AUDIT),
  "people by address": (store) => store.findPeopleByEmail("P42@a.example"),
  "a page of people, for an export": (store) =>
    store.listPeopleAfter({ createdAt: NOW - 200, id: "", limit: 50 }),
  "the newest events": (store) => store.listEvents({ limit: 50 }),
  "events of a kind": (store) => store.listEvents({ kind: "disabled", limit: 50 }),
  "events about a person": (store) => store.listEvents({ personId: "u42", limit: 50 }),
  "events about people": (store) =>
    store.listEvents({ people: { ids, email: "p42@a.example" }, limit: 50 }),
  "events of a day": (store) => store.listEvents({ since: NOW - 100, until: NOW, limit: 50 }),
  "older events": (store) => store.listEvents({ before: 100, limit: 50 }),
  "a person's own events": (store) => store.listOwnEvents({ userId: "u42", since: 0, limit: 50 }),
  "a person's export": (store) => store.exportPerson("u42", AUDIT),
  "what other processes did": (store) => store.readForeignEvents(),
  "the numbers of the overview": (store) =>
    store.readCounters({ now: NOW, sinceDay: "2026-01-01" }),
  figures: (store) => store.readFigures(NOW),
  "pruning the audit log": (store) => store.pruneAudit(NOW - PEOPLE + 5),
};

for (const order of PEOPLE_ORDERS) {
  for (const isReversed of [false, true]) {
    WORK[`a page of people by ${order}${isReversed ? ", reversed" : ""}`] = (store) =>
      list(store, { order, isReversed });
  }
}
for (const filter of PEOPLE_FILTERS) {
  WORK[`a page of people: ${filter}`] = (store) => list(store, { filter });
}

function list(store: AppStore, query: Partial<PeopleQuery>) {
  return store.listPeople({
    search: "",
    filter: "all",
    order: "name",
    isReversed: false,
    skip: 100,
    limit: 50,
    ...admins,
    ...query,
  });
}

describe.skipIf(!hasPostgres)("PostgreSQL reads no whole table for", () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres({
      settings: {
        session_preload_libraries: "auto_explain",
        // What it knows of the rows stays as it is.
        autovacuum: "off",
        "auto_explain.log_min_duration": "0",
        "auto_explain.log_nested_statements": "on",
      },
    });
    const address = await server.createDatabase();
    store = await openStore(parseDatabase(`${address}?connection_limit=1`), {
      ...MACHINE,
      ...PATIENT,
    });
    sql = rawSqlAt(address);
    await sql.write(MANY_ROWS);
    // While it is as few as estimated.
    readForExpired = await readTables(() => store.deleteExpired(NOW + DAY_MS + 5));
  }, 60_000);

  afterAll(async () => {
    await store.close();
    await server[Symbol.asyncDispose]();
  });

  let store: AppStore;
  let sql: RawSql;
  let readForExpired: string[] = [];
  /** What the server says about statements from before, once it has said it about this one. */
  async function readPlans(from: number): Promise<string> {
    const mark = crypto.randomUUID();
    await sql.read(`SELECT '${mark}'`);
    while (!server.log().includes(mark)) await Bun.sleep(1);
    return server.log().slice(from);
  }

  /** The large tables that were read whole. */
  async function readTables(work: () => Promise<unknown>): Promise<string[]> {
    const from = server.log().length;
    // After five times, PostgreSQL may keep one plan for all values.
    for (let times = 0; times < 7; times += 1) await work();
    // What was recorded is chained.
    await store.findLastSeq();
    const plans = await readPlans(from);
    expect(plans).toContain("plan:");
    const scans = plans.matchAll(/Seq Scan on (\w+)/g);
    const read = Array.from(scans, ([, table]) => table ?? "");
    return read.filter((table) => LARGE.includes(table));
  }

  test("deleting what has expired", () => expect(readForExpired).toEqual([]));

  for (const [what, work] of Object.entries(WORK)) {
    test(what, async () => expect(await readTables(() => work(store))).toEqual([]));
  }
});
