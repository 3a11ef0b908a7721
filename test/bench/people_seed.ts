import type { Database } from "bun:sqlite";

import { SQL } from "bun";

import { countAtOnce, dropSearchIndex } from "../../db/copy/target.ts";
import { openDatabaseFile } from "../../db/sqlite/database_file.ts";

const NAMES = ["Björn Adeyemi", "Ada Okafor", "Li Müller", "王小明", "Łukasz Al-Farsi", "José Li"];
const BATCH = 10_000;

// Of both: one in a hundred is disabled, one in a thousand is an administrator.
const COLUMNS =
  "id, sub, email, email_verified, name, created_at, signed_in_at, disabled_at, admin_since";
const SESSION =
  "(id, user_id, created_at, last_seen_at, expires_at, ends_at, generation, renewed_at)";

/** Puts `count` people into a new file, each with a session, and tells how the index of the search was built. */
export function seedPeopleInFile(path: string, count: number): string {
  const database = openDatabaseFile(path);
  const triggers = database
    .query<{ name: string; sql: string }, []>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'people_search%'",
    )
    .all();
  for (const { name } of triggers) database.run(`DROP TRIGGER ${name}`);
  const addPerson = database.prepare(
    `INSERT INTO users (${COLUMNS}) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)`,
  );
  const addSession = database.prepare(
    `INSERT INTO sessions ${SESSION} VALUES (?, ?, 0, 0, 9, ?, 0, 0)`,
  );
  database.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      const id = crypto.randomUUID();
      const name = `${NAMES[number % NAMES.length]} ${number}`;
      const disabledAt = number % 100 === 0 ? number : null;
      const adminSince = number % 1000 === 1 ? number : null;
      const times = [count - number, number, disabledAt, adminSince];
      addPerson.run(id, String(number), `p${number}@gmail.com`, name, ...times);
      addSession.run(`s${number}`, id, number);
    }
  })();
  const built = buildIndex(database);
  for (const { sql } of triggers) database.run(sql);
  database.close();
  return built;
}

/** Builds the index of the search as an upgrade does. */
function buildIndex(database: Database): string {
  const bytes = () =>
    database
      .query<{ bytes: number }, []>(
        "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()",
      )
      .get()?.bytes ?? 0;
  const before = bytes();
  const begun = performance.now();
  database.transaction(() => {
    database.run("INSERT INTO people_search_rows (user_id) SELECT id FROM users");
    database.run("INSERT INTO people_parts (people_parts) VALUES ('rebuild')");
    database.run("INSERT INTO people_words (people_words) VALUES ('rebuild')");
  })();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const mib = ((bytes() - before) / 1024 / 1024).toFixed(0);
  return `The index of the search has ${mib} MiB of ${(bytes() / 1024 / 1024).toFixed(0)}. An upgrade builds it in ${seconds} s.`;
}

/** Puts `count` people into an empty PostgreSQL, each with a session. */
export async function seedPeopleInPostgres(address: string, count: number): Promise<void> {
  await using sql = new SQL(address, { max: 1 });
  const buildIndex = await dropSearchIndex(sql);
  const countPeople = await countAtOnce(sql);
  for (let first = 0; first < count; first += BATCH) {
    const last = Math.min(first + BATCH, count) - 1;
    await sql`
      with added as (
        insert into users (${sql.unsafe(COLUMNS)})
        select gen_random_uuid()::text, n::text, 'p' || n || '@gmail.com', true,
          ((${JSON.stringify(NAMES)}::text::json) ->> (n % ${NAMES.length})::int) || ' ' || n, ${count} - n, n,
          case when n % 100 = 0 then n end, case when n % 1000 = 1 then n end
        from generate_series(${first}::int, ${last}::int) n
        returning id, signed_in_at
      )
      insert into sessions ${sql.unsafe(SESSION)}
      select 's' || signed_in_at, id, 0, 0, 9, signed_in_at, 0, 0 from added`;
  }
  await buildIndex();
  await countPeople();
  await sql`vacuum analyze`;
}
