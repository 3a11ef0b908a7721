import { describe, expect, test } from "bun:test";
import { join } from "node:path";

import { sharedPostgres } from "../postgres/server.ts";
import { hasPostgres } from "../programs.ts";
import { FAULT_NAMES, findFault } from "./fault_copy.ts";
import { FIND_PATHS, readFind } from "./finds.ts";
import { runSteps } from "./run_steps.ts";
import { simulate, STEPS_OF_A_WORLD } from "./simulate.ts";

// The long form is a command: README.md in this folder.

const SEED = Number(process.env.SIMULATOR_SEED ?? 20_261_126);
const STEPS = 20_000;
const STEPS_OVER_POSTGRES = 600;
const RUN = [process.execPath, join(import.meta.dir, "run.ts")];

describe("the simulator", () => {
  test(`foretells ${STEPS} steps, and the same seed gives the same run (seed ${SEED})`, async () => {
    const hashes: string[] = [];
    const { found } = await simulate({ seed: SEED, count: STEPS }, ({ hash }) => hashes.push(hash));
    expect(found?.why).toBeUndefined();
    const again = await simulate({ seed: SEED, count: STEPS_OF_A_WORLD }, ({ hash }) =>
      hashes.push(hash),
    );
    expect(again.found).toBeNull();
    expect(hashes.at(-1)).toBe(hashes[0] as string);
    expect(new Set(hashes).size).toBe(STEPS / STEPS_OF_A_WORLD);
  }, 300_000);

  test("gives the same run in another process", async () => {
    const { hash } = await simulate({ seed: SEED, count: 500 });
    const output = await run([...RUN, `--seed=${SEED}`, "--steps=500"]);
    expect(output).toEqual({ code: 0, text: expect.stringContaining(hash) });
  }, 60_000);

  test.skipIf(!hasPostgres)(
    `foretells ${STEPS_OVER_POSTGRES} steps over PostgreSQL (seed ${SEED})`,
    async () => {
      await sharedPostgres();
      const run = { seed: SEED, count: STEPS_OVER_POSTGRES, engine: "postgres" } as const;
      expect((await simulate(run)).found?.why).toBeUndefined();
    },
    120_000,
  );

  for (const path of FIND_PATHS) {
    const { what, seed, steps } = readFind(path);
    test(`does not find any more: ${what}`, async () => {
      expect((await runSteps(steps, { seed })).failure).toBeNull();
    }, 30_000);
  }
});

/** The world in which a fault is found soonest. Others find it, too, but later. */
const SOONEST: Record<string, number> = {
  nonce_forgotten: 7,
  revoked_token_counts: 8,
  late_event: 3,
  sibling_renewal: 7,
  right_not_asked_again: 3,
  cookie_of_another: 8,
  // In these worlds, browsers bind sessions.
  thief_counts_as_activity: 5,
  bound_session_rotates: 5,
  grace_never_ends: 5,
  thief_signs_out: 5,
  older_challenge_counts: 9,
};

describe("a planted fault", () => {
  for (const name of FAULT_NAMES) {
    test(`${name} is found`, async () => {
      expect(
        await findFault(name, {
          args: [`--seed=${SOONEST[name] ?? 1}`, "--no-shrink"],
          output: "ignore",
        }),
      ).toBe(true);
    }, 60_000);
  }
});

async function run(command: string[]): Promise<{ code: number; text: string }> {
  const child = Bun.spawn(command, { stderr: "inherit" });
  const text = await new Response(child.stdout).text();
  return { code: await child.exited, text };
}
