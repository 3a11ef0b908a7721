import { Database } from "bun:sqlite";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Chance } from "../chance.ts";
import { perform, type Step } from "./acts/steps.ts";
import { Mismatch } from "./mismatch.ts";
import { World } from "./world.ts";

/** Memory if possible: nothing here asks for a power cut, and the disk would be half of the time. */
const FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** How a run ended. */
export interface RunResult {
  /** Over all answers, lines of the log and rows: equal for equal runs. */
  hash: string;
  /** The step that did not go as foretold, and why; `null` if all did. */
  failure: { index: number; why: string } | null;
  /** How often what happened. */
  counts: ReadonlyMap<string, number>;
}

/** Runs steps in a world of their own. */
export async function runSteps(steps: readonly Step[], seed: number): Promise<RunResult> {
  const folder = mkdtempSync(join(FOLDER, "foyer_simulator_"));
  const path = join(folder, "foyer.db");
  const hash = createHash("sha256");
  const note = (text: string) => void hash.update(text).update("\n");
  const world = new World({ seed, path, chance: new Chance(seed), note });
  try {
    const failure = await runIn(world, steps);
    for (const row of readRows(path)) note(row);
    return { hash: hash.digest("hex"), failure, counts: world.counts };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true });
  }
}

async function runIn(world: World, steps: readonly Step[]): Promise<RunResult["failure"]> {
  for (const [index, step] of steps.entries()) {
    try {
      await perform(world, step);
      if (index % 500 === 499 || index === steps.length - 1) await checkWhole(world);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      return { index, why: `${world.story.join("\n")}\n${error.message}` };
    }
  }
  return null;
}

/** The whole log is verified: as many events as foretold, none changed. */
async function checkWhole({ observer, state }: World): Promise<void> {
  const verdict = await observer.verifyAudit();
  if (!verdict.isWhole) throw new Mismatch(`audit log: ${verdict.fault}`);
  const { events, forgottenUpTo } = verdict;
  const { times, forgotten } = state.log;
  if (events === times.length && forgottenUpTo === forgotten) return;
  throw new Mismatch(
    `audit log: ${events} events behind ${forgottenUpTo} instead of ${times.length} behind ${forgotten}`,
  );
}

/** Every row of every table, in an order that does not depend on where SQLite puts it. */
function* readRows(path: string): Generator<string> {
  const database = new Database(path, { readonly: true });
  try {
    const tables = database.query<{ name: string }, []>(
      "select name from sqlite_schema where type = 'table' order by name",
    );
    for (const { name } of tables.all()) {
      const rows = database
        .query(`select * from "${name}"`)
        .all()
        .map((row) => JSON.stringify(row));
      yield* [name, ...rows.toSorted()];
    }
    for (const row of database.query("pragma integrity_check").all()) yield JSON.stringify(row);
  } finally {
    database.close();
  }
}
