/** How many rows a batch has, and how long it should take. */
export interface BatchSizes {
  first: number;
  most: number;
  /** In milliseconds. On SQLite, every request waits for a batch. */
  aimMs: number;
}

/** A batch that has only so many rows is worth its commit. */
const LEAST = 5;

/**
 * Runs work in batches until `next`, which is given the number of rows, says that nothing is left. Requests have as much
 * time between two of them as the batch took.
 */
export async function inBatches(
  next: (limit: number) => Promise<boolean>,
  { first, ...sizes }: BatchSizes,
): Promise<void> {
  for (let limit = first; ;) {
    const begun = performance.now();
    const isLeft = await next(limit);
    if (!isLeft) return;
    const tookMs = performance.now() - begun;
    await Bun.sleep(tookMs);
    limit = nextSize(limit, { ...sizes, tookMs });
  }
}

/** How many rows the next batch has, by the time that the last one took. It at most doubles: times vary. */
export function nextSize(
  limit: number,
  { tookMs, aimMs, most }: { tookMs: number; aimMs: number; most: number },
): number {
  const fitting = Math.floor((limit * aimMs) / Math.max(tookMs, aimMs / 2));
  return Math.min(most, Math.max(LEAST, fitting));
}
