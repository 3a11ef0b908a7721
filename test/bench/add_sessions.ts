import { Database } from "bun:sqlite";

import { createToken, hashToken } from "../../src/auth/token.ts";
import { MACHINE } from "../../src/machine.ts";
import type { Member } from "./seed.ts";

/** Sessions as they stand in a file. */
export interface NewSessions {
  members: readonly Member[];
  count: number;
  /** How long ago they were last used, and their tokens last renewed. */
  ageMs: number;
  /** What their rows are found by: the name of a network. */
  mark: string;
}

const MAX_AGE_MS = 600_000;
const LIFETIME_MS = 604_800_000;

/** Adds sessions of members, in turn, to files whose servers run. Returns their tokens. */
export function addSessions(
  paths: readonly string[],
  { members, count, ageMs, mark }: NewSessions,
): Pick<Member, "token">[] {
  const sessions = Array.from({ length: count }, (_, index) => ({
    id: crypto.randomUUID(),
    userId: (members[index % members.length] as Member).id,
    token: createToken(MACHINE.random),
  }));
  const usedAt = Date.now() - ageMs;
  const times = { usedAt, idleEnd: usedAt + MAX_AGE_MS, end: usedAt + LIFETIME_MS };
  for (const path of paths) {
    using database = openBeside(path);
    const addSession = database.prepare(
      `insert into sessions
         (id, user_id, created_at, last_seen_at, expires_at, ends_at, generation, renewed_at, network)
       values ($id, $userId, $usedAt, $usedAt, $end, $idleEnd, 0, $usedAt, $mark)`,
    );
    const addToken = database.prepare(
      `insert into session_tokens (hash, session_id, generation, issued_at)
       values ($hash, $id, 0, $usedAt)`,
    );
    database
      .transaction(() => {
        for (const { id, userId, token } of sessions) {
          addSession.run({ id, userId, mark, ...times });
          addToken.run({ hash: hashToken(token), id, usedAt });
        }
      })
      .immediate();
  }
  return sessions;
}

/** Changes the sessions of members as if all had just been active, with new tokens. */
export function touchSessions(path: string, members: readonly Member[]): void {
  using database = openBeside(path);
  const now = Date.now();
  const use = database.prepare(
    "update sessions set last_seen_at = $now, renewed_at = $now, ends_at = $end where id = $sessionId",
  );
  database
    .transaction(() => {
      for (const { sessionId } of members) use.run({ sessionId, now, end: now + MAX_AGE_MS });
    })
    .immediate();
}

/** Opens a file beside the server that uses it. */
export function openBeside(path: string): Database {
  const database = new Database(path, { strict: true });
  database.run("PRAGMA busy_timeout = 10000");
  return database;
}
