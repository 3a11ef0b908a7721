/** How many uses of a key are allowed, and how much memory that may take. */
export interface RateLimitOptions {
  /** How many uses come back in a minute. */
  perMinute: number;
  /** How many uses are allowed at once; as many as in a minute unless said otherwise. */
  burst?: number;
  /** How many keys are remembered at most. */
  maxKeys?: number;
  now: () => number;
}

/** Counts uses by key. */
export interface RateLimit {
  /**
   * Counts `cost` uses of `key` and returns 0. If they are too many, counts nothing and returns after how many
   * milliseconds they are not.
   */
  take(key: string, cost?: number): number;
  /** As {@linkcode RateLimit.take}, but counts nothing. */
  wait(key: string, cost?: number): number;
  readonly size: number;
}

/** About 2 MB. A key is forgotten once its uses have come back, so only that many busy ones fill the map. */
const MAX_KEYS = 20_000;

/** Errors of rounding add up to less. */
const TOLERANCE_MS = 0.001;

/**
 * Creates a limit by the generic cell rate algorithm: one number a key, the time when all its uses have come back. A
 * full map forgets no key that is in use, so that many strangers cannot reset the limit of one. Nor does it refuse the
 * keys that it has no room for: they are not counted, and only what limits all strangers together holds for them.
 *
 * @see https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function createRateLimit({
  perMinute,
  burst = perMinute,
  maxKeys = MAX_KEYS,
  now,
}: RateLimitOptions): RateLimit {
  // Counted from here, times are small enough for fractions of a millisecond to add up exactly.
  const start = now();
  const interval = 60_000 / perMinute;
  const capacity = burst * interval;
  /** When all uses have come back, by key. */
  const freeAt = new Map<string, number>();
  /** Goes round the map. */
  let cursor = freeAt.entries();

  /** When all uses have come back after `cost` more, counted from `at`. */
  function levelAfter(key: string, { cost, at }: { cost: number; at: number }): number {
    const level = Math.max((freeAt.get(key) ?? at) - at, 0);
    // No use is counted that leads beyond the capacity, so the clock was set back. It must not lock anybody out.
    return (level > capacity + TOLERANCE_MS ? 0 : level) + cost * interval;
  }

  /** Forgets keys that are free again: looks at two for each new one, so that the map shrinks by itself. */
  function hasRoomFor(key: string, at: number): boolean {
    if (freeAt.has(key)) return true;
    for (let looked = 0; looked < 2; looked += 1) {
      const { value } = cursor.next();
      if (!value) cursor = freeAt.entries();
      else if (levelAfter(value[0], { cost: 0, at }) === 0) freeAt.delete(value[0]);
    }
    return freeAt.size < maxKeys;
  }

  return {
    take(key, cost = 1) {
      const at = now() - start;
      const level = levelAfter(key, { cost, at });
      if (level > capacity + TOLERANCE_MS) return level - capacity;
      if (!hasRoomFor(key, at)) return 0;
      freeAt.set(key, at + level);
      return 0;
    },
    wait(key, cost = 1) {
      return Math.max(levelAfter(key, { cost, at: now() - start }) - capacity, 0);
    },
    get size() {
      return freeAt.size;
    },
  };
}
