import { Database } from "bun:sqlite";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { createToken, hashToken } from "../../src/auth/token.ts";
import { MACHINE } from "../../src/machine.ts";

/** A signed-in person of the benchmark's, with the session's cookie value. */
export interface Member {
  id: string;
  sub: string;
  email: string;
  name: string;
  picture: string;
  token: string;
  /** The value of the cookie for protected applications. */
  accessToken: string;
  sessionId: string;
}

const WEEK_MS = 604_800_000;

/**
 * Writes `count` users with a live session each into a new file at `path`, and returns them. The tokens are
 * `tokenAgeMs` old.
 */
export function seedMembers(
  path: string,
  { count, tokenAgeMs = 0 }: { count: number; tokenAgeMs?: number },
): Member[] {
  openSqlite(path, MACHINE).close();
  const members = Array.from({ length: count }, (_, index) => createMember(index));
  const hashes = members.map(({ token }) => hashToken(token));
  const database = new Database(path, { strict: true });
  database.transaction(() => insert(database, { members, hashes, tokenAgeMs, now: Date.now() }))();
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return members;
}

function createMember(index: number): Member {
  return {
    id: crypto.randomUUID(),
    // As scattered as Google's: those who sign in at the same time are no neighbours in an index.
    sub: `1${String(Bun.hash(String(index))).padStart(20, "0")}`,
    email: `member.${index}@gmail.com`,
    name: `Ada & Grace the ${index}th`,
    picture: `https://lh3.googleusercontent.com/a/${createToken(MACHINE.random)}=s96-c`,
    token: createToken(MACHINE.random),
    accessToken: createToken(MACHINE.random),
    sessionId: crypto.randomUUID(),
  };
}

interface Rows {
  members: Member[];
  hashes: string[];
  tokenAgeMs: number;
  now: number;
}

function insert(database: Database, { members, hashes, tokenAgeMs, now }: Rows): void {
  const user = database.prepare(
    `insert into users (id, sub, email, email_verified, name, picture, created_at, signed_in_at)
     values ($id, $sub, $email, true, $name, $picture, $now, $now)`,
  );
  const session = database.prepare(
    `insert into sessions
       (id, user_id, created_at, last_seen_at, expires_at, ends_at, generation, renewed_at, access_hash)
     values ($id, $userId, $now, $now, $end, $end, 0, $renewed, $accessHash)`,
  );
  const value = database.prepare(
    `insert into session_tokens (hash, session_id, generation, issued_at)
     values ($hash, $sessionId, 0, $now)`,
  );
  for (const [index, { id, sub, email, name, picture, ...own }] of members.entries()) {
    const { sessionId, accessToken } = own;
    const times = { now, end: now + WEEK_MS, renewed: now - tokenAgeMs };
    user.run({ id, sub, email, name, picture, now });
    session.run({ id: sessionId, userId: id, accessHash: hashToken(accessToken), ...times });
    value.run({ hash: hashes[index] ?? "", sessionId, now });
  }
}
