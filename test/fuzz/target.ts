import fc from "fast-check";

/** One kind of hostile input: how it is made, and what must hold afterwards. */
export interface Target<Case = unknown> {
  name: string;
  /** How many cases a round has: cheap targets have more. */
  round: number;
  arbitrary: fc.Arbitrary<Case>;
  /** Does what `one` says, and answers what is wrong, or `null`. `one` is plain JSON. */
  check(one: Case): string | null | Promise<string | null>;
  /** What is wrong after all cases, or `null`. */
  finish?(): Promise<string | null>;
}

/** A case that shows a fault, as small as `fast-check` could make it. */
export interface Find {
  target: string;
  wrong: string;
  one: unknown;
  /** Finds the case again, where earlier cases do not matter. */
  command: string;
}

/** What a batch of cases came to. */
export interface Batch {
  cases: number;
  find: Find | null;
  /** The longest case. */
  slowest: { ms: number; one: unknown };
}

/** A case that takes longer, twice, is a find. In milliseconds. */
const HANG_MS = 1000;
/** A case that takes longer has no end. In milliseconds. */
const LOST_MS = 20_000;

/** Tries so many cases of `target`. The same seed tries the same cases; `path` tries one of them. */
export async function tryTarget(
  target: Target,
  { seed, cases, path }: { seed: number; cases: number; path?: string },
): Promise<Batch> {
  let slowest: Batch["slowest"] = { ms: 0, one: null };
  let count = 0;
  const property = fc.asyncProperty(target.arbitrary, async (one) => {
    count += 1;
    const { wrong, ms } = await tryCase(target, one);
    if (ms > slowest.ms) slowest = { ms, one };
    if (wrong) throw new Error(wrong);
  });
  const details = await fc.check(property, {
    seed,
    numRuns: cases,
    timeout: LOST_MS,
    ...(path ? { path } : {}),
  });
  if (!details.failed) return { cases: count, find: null, slowest };
  const wrong =
    details.errorInstance instanceof Error ? details.errorInstance.message : "no answer at all";
  const [one] = details.counterexample ?? [];
  const replay = `--target ${target.name} --seed ${seed} --path ${details.counterexamplePath}`;
  const command = `bun run fuzz ${replay}`;
  return { cases: count, find: { target: target.name, wrong, one, command }, slowest };
}

/** Tries one case. One that is slow is tried twice: the machine may have been busy. */
export async function tryCase(
  target: Target,
  one: unknown,
): Promise<{ wrong: string | null; ms: number }> {
  let ms = 0;
  for (const isLast of [false, true]) {
    const begunAt = performance.now();
    const wrong = await check(target, one);
    ms = performance.now() - begunAt;
    if (wrong || ms <= HANG_MS) return { wrong, ms };
    if (isLast) break;
  }
  return { wrong: `takes ${Math.round(ms)} ms`, ms };
}

async function check(target: Target, one: unknown): Promise<string | null> {
  try {
    return await target.check(one);
  } catch (error) {
    return `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
