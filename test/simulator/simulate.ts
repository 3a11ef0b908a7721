import { createHash } from "node:crypto";

import { Chance } from "../chance.ts";
import { nextStep, type Step } from "./acts/steps.ts";
import type { WorldEngine } from "./database.ts";
import { type RunResult, runSteps } from "./run_steps.ts";

/** So many steps a world lives; then another begins, with a file and people of its own. */
export const STEPS_OF_A_WORLD = 2500;

/** A run of the simulator. */
export interface Simulation {
  /** Equal for equal seeds and counts, over SQLite. */
  hash: string;
  /** The world that went wrong: its seed, its steps up to the one that did, and why. */
  found: { seed: number; steps: readonly Step[]; why: string } | null;
}

/** Runs so many steps. World number `n` has the seed `seed + n`, so that it can be run alone. */
export async function simulate(
  { seed, count, engine }: { seed: number; count: number; engine?: WorldEngine },
  onWorld: (result: RunResult & { seed: number }) => void = () => {},
): Promise<Simulation> {
  const hash = createHash("sha256");
  for (let done = 0, world = seed; done < count; done += STEPS_OF_A_WORLD, world += 1) {
    const steps = stepsOf(world, Math.min(STEPS_OF_A_WORLD, count - done));
    const result = await runSteps(steps, { seed: world, ...(engine && { engine }) });
    onWorld({ ...result, seed: world });
    hash.update(result.hash);
    const { failure } = result;
    if (failure) {
      const found = { seed: world, steps: steps.slice(0, failure.index + 1), why: failure.why };
      return { hash: hash.digest("hex"), found };
    }
  }
  return { hash: hash.digest("hex"), found: null };
}

/** The steps of a world. A shorter life is the beginning of a longer one. */
export function stepsOf(seed: number, count: number): Step[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, () => nextStep(chance));
}
