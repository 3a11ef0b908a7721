import { Database } from "bun:sqlite";

import type { SQL } from "bun";

const TABLES = ["users", "sessions", "session_tokens"];
const BATCH = 2000;
const WEEK_MS = 604_800_000;
const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** Copies the members of the file at `path`, so that both engines know the same people. */
export async function copyMembers(path: string, sql: SQL): Promise<void> {
  using database = new Database(path, { readonly: true });
  for (const table of TABLES) {
    const rows = database.query(`select * from ${table}`).all();
    for (let at = 0; at < rows.length; at += BATCH) {
      const batch = JSON.stringify(rows.slice(at, at + BATCH));
      await sql.unsafe(
        `insert into ${table} select * from json_populate_recordset(null::${table}, $1::text::json)`,
        [batch],
      );
    }
  }
}

/** Adds `count` people with a live session each, and the nonces of their sign-ins. No browser has their tokens. */
export async function addSessions(sql: SQL, count: number): Promise<void> {
  const now = Date.now();
  const end = now + WEEK_MS;
  const each = `from generate_series(1, ${count}) as row (i)`;
  const userId = "md5('user' || i)::uuid::text";
  const sessionId = "md5('session' || i)::uuid::text";
  const hash = (what: string) =>
    `rtrim(translate(encode(sha256(('${what}' || i)::bytea), 'base64'), '+/', '-_'), '=')`;
  // To make them findable takes longer than all the rest.
  await sql.unsafe("alter table users disable trigger users_search_insert");
  await sql.unsafe(
    `insert into users (id, sub, email, email_verified, name, picture, created_at, signed_in_at)
     select ${userId}, '2' || lpad(abs(hashtextextended(i::text, 0))::text, 20, '0'), 'guest.' || i || '@gmail.com', true, 'Ada & Grace the ' || i || 'th',
       'https://lh3.googleusercontent.com/a/' || ${hash("picture")} || '=s96-c', ${now} - i, ${now} - i ${each}`,
  );
  await sql.unsafe("alter table users enable trigger users_search_insert");
  await sql.unsafe(
    `insert into sessions (id, user_id, select_by, created_at, token_issued_at, last_seen_at, expires_at, ends_at,
       generation, renewed_at, user_agent, network)
     select ${sessionId}, ${userId}, 'btn', ${now}, ${now}, ${now}, ${end}, ${end}, 0, ${now}, '${CHROME}', '203.0.113.0/24' ${each}`,
  );
  await sql.unsafe(
    `insert into session_tokens (hash, session_id, generation, issued_at)
     select ${hash("token")}, ${sessionId}, 0, ${now} ${each}`,
  );
  await sql.unsafe(
    `insert into used_nonces (hash, expires_at) select ${hash("nonce")}, ${now} + 3600000 ${each}`,
  );
}

/** The hash of the token of the person with the number `index` that {@linkcode addSessions} has added. */
export function addedTokenHash(index: number): string {
  return Bun.SHA256.hash(`token${index}`, "base64url");
}
