import { heapStats } from "bun:jsc";

/** Live objects of this process, counted after everything else has been collected. */
export function countObjects(): number {
  Bun.gc(true);
  return heapStats().objectCount;
}

/** Runs without a leak differ by about a thousand. */
const CHANCE = 5000;

/** What is wrong with so many objects more, or `null`. */
export function judgeGrowth(before: number, after: number): string | null {
  return after - before > CHANCE
    ? `${after - before} objects more than the ${before} before`
    : null;
}
