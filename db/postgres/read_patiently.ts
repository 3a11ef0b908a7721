import type { SQL } from "bun";

import { Query, type Work } from "../act.ts";
import { Late } from "./deadline.ts";
import { drive, execute } from "./drive.ts";

/** A query that has no answer for so long has none any more: the server is frozen, or cannot be reached. */
const SILENCE_MS = 60_000;

/** Reads on a connection of its own, which it closes. Every row is from the same moment, and only each query has a limit. */
export async function readPatiently<T>(
  sql: SQL,
  work: Work<T>,
  { silenceMs = SILENCE_MS } = {},
): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => silence.reject(new Late()), silenceMs);
  const onStep = () => void timer.refresh();
  try {
    const reading = sql.begin("isolation level repeatable read read only", async (connection) => {
      // What the role or the database may have is for requests.
      await connection.unsafe(`SET LOCAL statement_timeout = ${silenceMs}`);
      await connection.unsafe(`SET LOCAL idle_in_transaction_session_timeout = ${silenceMs}`);
      return work instanceof Query
        ? execute(connection, work)
        : drive(connection, { act: work(), onStep });
    });
    reading.catch(() => {});
    return await (Promise.race([reading, silence.promise]) as Promise<T>);
  } finally {
    clearTimeout(timer);
    await sql.close({ timeout: 0 });
  }
}
