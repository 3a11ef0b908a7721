import type { SQL } from "bun";

import type { Act, Query } from "../act.ts";
import { codeOf } from "./errors.ts";

/** A connection. */
type Client = Pick<SQL, "unsafe">;

/** A later query of a transaction that has failed already. */
const ABORTED = "25P02";

/** Runs one query on `client`. A missing row is `null`. */
export async function execute<Result>(client: Client, query: Query<Result>): Promise<Result> {
  const { method, params } = query;
  // Drizzle prepares for one client, and this statement is for whichever is free.
  const lent = Object.assign(Object.create(query.prepare()), { client });
  const rows: unknown[] = await lent.execute(params);
  return (method === "all" ? rows : method === "get" ? (rows[0] ?? null) : undefined) as Result;
}

/**
 * Runs an act on the connection of its transaction. A query that gives nothing back is sent, and not waited for. `onStep`
 * is called before each query and at the end: what it throws ends the act.
 */
export async function drive<Outcome>(
  client: Client,
  { act, onStep }: { act: Act<Outcome>; onStep: () => void },
): Promise<Outcome> {
  const sent: Promise<unknown>[] = [];
  try {
    let step = act.next();
    while (!step.done) {
      onStep();
      const answer = execute(client, step.value);
      sent.push(answer);
      answer.catch(() => {});
      step = act.next(step.value.method === "run" ? undefined : await answer);
    }
    await Promise.all(sent);
    onStep();
    return step.value;
  } catch (error) {
    // The first failure counts. Bun may tell of those that follow from it before.
    const results = await Promise.allSettled(sent);
    const failures = results.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    throw failures.find((failure) => codeOf(failure) !== ABORTED) ?? error;
  }
}
