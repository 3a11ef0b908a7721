import { Database } from "bun:sqlite";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { createToken, hashToken } from "../../src/auth/token.ts";
import { MACHINE } from "../../src/machine.ts";
import type { Member } from "./seed.ts";

/** What the search index takes. */
export interface SearchIndex {
  bytes: number;
  buildMs: number;
}

const NAMES = ["Björn Adeyemi", "Ada Okafor", "Li Müller", "王小明", "Łukasz Al-Farsi", "José Li"];
/** Nothing is lost with this file. From the write-ahead log, only `DELETE` leads to `OFF`. */
const PRAGMAS = [
  "journal_mode = DELETE",
  "journal_mode = OFF",
  "synchronous = OFF",
  "cache_size = -1000000",
];
const LIFETIME_MS = 604_800_000;

/**
 * Creates a file of `count` people with a session each, by SQL. The search index is built once over all, as an upgrade
 * builds it. Returns those whose tokens are known, from anywhere in the file.
 */
export function createPeople(
  path: string,
  { count, known }: { count: number; known: number },
): { members: Member[]; index: SearchIndex } {
  openSqlite(path, MACHINE).close();
  using database = new Database(path, { strict: true });
  for (const pragma of PRAGMAS) database.run(`PRAGMA ${pragma}`);
  const triggers = database
    .query<{ name: string; sql: string }, []>(
      "select name, sql from sqlite_schema where type = 'trigger'",
    )
    .all();
  for (const { name } of triggers) database.run(`drop trigger "${name}"`);
  insertPeople(database, count);
  const members = takeMembers(database, known);
  const before = readSize(database);
  const begun = performance.now();
  buildSearchIndex(database);
  const index = { buildMs: performance.now() - begun, bytes: readSize(database) - before };
  for (const { sql } of triggers) database.run(sql);
  updateCounters(database);
  return { members, index };
}

/** Gives the sessions of some people, from anywhere, tokens that requests can present. */
function takeMembers(database: Database, count: number): Member[] {
  const found = database
    .query<Omit<Member, "token" | "accessToken">, [number]>(
      `select users.id, sub, email, name, picture, sessions.id as sessionId
       from session_tokens join sessions on sessions.id = session_id join users on users.id = user_id
       where disabled_at is null and admin_since is null order by hash limit ?1`,
    )
    .all(count);
  const setToken = database.query("update session_tokens set hash = $hash where session_id = $id");
  return found.map((person) => {
    const token = createToken(MACHINE.random);
    setToken.run({ hash: hashToken(token), id: person.sessionId });
    return { ...person, token, accessToken: "" };
  });
}

function insertPeople(database: Database, count: number): void {
  const now = Date.now();
  const names = JSON.stringify(NAMES);
  database
    .query(
      `insert into users (id, sub, email, email_verified, name, picture, created_at, signed_in_at, disabled_at, admin_since)
       with recursive row (i) as (select 1 union all select i + 1 from row where i < $count)
       select lower(hex(randomblob(16))) as id, '2' || i || abs(random() % 1000000000), 'p' || i || '@gmail.com', true,
         ($names ->> (i % ${NAMES.length})) || ' ' || i,
         'https://lh3.googleusercontent.com/a/' || hex(randomblob(16)) || '=s96-c', $now - i, $now - i,
         iif(i % 100 = 0, $now, null), iif(i % 1000 = 1, $now, null)
       from row order by id`,
    )
    .run({ count, names, now });
  database
    .query(
      `insert into sessions
         (id, user_id, created_at, last_seen_at, expires_at, ends_at, generation, renewed_at, network)
       select lower(hex(randomblob(16))) as id, id, $now, $now, $end, $end, 0, $now, 'added'
       from users where sub >= '2' order by 1`,
    )
    .run({ now, end: now + LIFETIME_MS });
  database
    .query(
      `insert into session_tokens (hash, session_id, generation, issued_at)
       select substr(hex(randomblob(22)), 1, 43), id, 0, $now from sessions where network = 'added' order by 1`,
    )
    .run({ now });
}

/** As the migration does it that brought the search. */
function buildSearchIndex(database: Database): void {
  database.run(
    "insert into people_search_rows (user_id) select id from users where id not in (select user_id from people_search_rows)",
  );
  for (const index of ["people_parts", "people_words"]) {
    database.run(`insert into ${index} (${index}) values ('rebuild')`);
  }
}

function readSize(database: Database): number {
  const size = "select page_count * page_size as bytes from pragma_page_count, pragma_page_size";
  return database.query<{ bytes: number }, []>(size).get()?.bytes ?? NaN;
}

/** As the triggers would have counted. */
function updateCounters(database: Database): void {
  const counts = {
    people: "select count(*) from users",
    disabled:
      "select count(*) from users where disabled_at is not null or google_disabled_at is not null",
    disabled_by_google: "select count(*) from users where google_disabled_at is not null",
    sessions: "select count(*) from sessions where ended_at is null",
  };
  for (const [name, query] of Object.entries(counts)) {
    database.run(`update counters set count = (${query}) where name = '${name}'`);
  }
}
