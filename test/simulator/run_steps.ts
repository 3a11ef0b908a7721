import { createHash } from "node:crypto";

import { Chance } from "../chance.ts";
import { readCounted } from "../db/miscount.ts";
import type { RawSql } from "../db/raw_sql.ts";
import { perform, type Step } from "./acts/steps.ts";
import { createWorldDatabase, type WorldEngine } from "./database.ts";
import { Mismatch } from "./mismatch.ts";
import { World } from "./world.ts";

/** How a run ended. */
export interface RunResult {
  /** Over all answers, lines of the log and rows: equal for equal runs over SQLite. */
  hash: string;
  /** The step that did not go as foretold, and why; `null` if all did. */
  failure: { index: number; why: string } | null;
  /** How often what happened. */
  counts: ReadonlyMap<string, number>;
}

/** Runs steps in a world of their own. */
export async function runSteps(
  steps: readonly Step[],
  { seed, engine = "sqlite" }: { seed: number; engine?: WorldEngine },
): Promise<RunResult> {
  const database = await createWorldDatabase(engine);
  const hash = createHash("sha256");
  const note = (text: string) => void hash.update(text).update("\n");
  const world = new World({ seed, database: database.address, chance: new Chance(seed), note });
  try {
    await world.begin();
    const failure = await runIn(world, { steps, sql: database.sql });
    for (const row of database.readRows()) note(row);
    return { hash: hash.digest("hex"), failure, counts: world.counts };
  } finally {
    await world.close();
    await database.remove();
  }
}

async function runIn(
  world: World,
  { steps, sql }: { steps: readonly Step[]; sql: RawSql },
): Promise<RunResult["failure"]> {
  for (const [index, step] of steps.entries()) {
    try {
      await perform(world, step);
      if (index % 500 === 499 || index === steps.length - 1) await checkWhole(world, sql);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      return { index, why: `${world.story.join("\n")}\n${error.message}` };
    }
  }
  return null;
}

/** The whole log is verified: as many events as foretold, none changed. And what is counted in advance is counted. */
async function checkWhole({ observer, state }: World, sql: RawSql): Promise<void> {
  const { kept, counted } = await readCounted(sql);
  if (!Bun.deepEquals(kept, counted)) {
    throw new Mismatch(`counters: ${JSON.stringify(kept)} instead of ${JSON.stringify(counted)}`);
  }
  const verdict = await observer.verifyAudit();
  if (!verdict.isWhole) throw new Mismatch(`audit log: ${verdict.fault}`);
  const { events, forgottenUpTo } = verdict;
  const { times, forgotten } = state.log;
  if (events === times.length && forgottenUpTo === forgotten) return;
  throw new Mismatch(
    `audit log: ${events} events behind ${forgottenUpTo} instead of ${times.length} behind ${forgotten}`,
  );
}
