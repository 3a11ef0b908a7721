import { heapStats } from "bun:jsc";

/** Live objects of this process, counted after everything else has been collected. */
export function countObjects(): number {
  Bun.gc(true);
  return heapStats().objectCount;
}

/** What is wrong with so many objects more, or `null`: growth by a tenth may be chance. */
export function judgeGrowth(before: number, after: number): string | null {
  const allowed = before * 0.1 + 20_000;
  return after - before > allowed
    ? `${after - before} objects more than the ${before} before`
    : null;
}
