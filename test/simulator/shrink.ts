import type { Step } from "./acts/steps.ts";
import type { WorldEngine } from "./database.ts";
import { runSteps } from "./run_steps.ts";

/** Leaves out steps for as long as a run still fails, until `deadline` (in milliseconds since 1970). */
export async function shrink(
  steps: readonly Step[],
  { deadline, ...world }: { seed: number; engine?: WorldEngine; deadline: number },
): Promise<readonly Step[]> {
  let shortest = steps;
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let start = shortest.length - size; start > -size && shortest.length > 1; start -= size) {
      if (Date.now() > deadline) return shortest;
      const rest = shortest.toSpliced(Math.max(start, 0), size + Math.min(start, 0));
      const { failure } = await runSteps(rest, world);
      if (failure) shortest = rest.slice(0, failure.index + 1);
    }
  }
  return shortest;
}
