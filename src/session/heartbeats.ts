import type { Every } from "../machine.ts";

/** How often a session is read that is followed. Each second time its streams hear of it, within ten seconds. */
const HEARTBEAT_MS = 4500;

/** The users' heartbeats are spread over so many moments, so that none of them is long. */
export const MOMENTS = 5;

/** The heartbeats of users. */
export interface Heartbeats {
  /** Adds a user, unless the user is there. */
  add(userId: string): void;
  remove(userId: string): void;
}

/** Creates heartbeats by one timer. `beat` is told whose turn it is: each user's, every 4.5 seconds. */
export function createHeartbeats(
  every: Every,
  beat: (userIds: Iterable<string>) => void,
): Heartbeats {
  const moments = Array.from({ length: MOMENTS }, () => new Set<string>());
  const momentOf = new Map<string, Set<string>>();
  let stop: (() => void) | null = null;
  let beats = 0;

  function beatNext(): void {
    beats += 1;
    beat(moments[beats % MOMENTS] ?? []);
  }

  return {
    add(userId) {
      if (momentOf.has(userId)) return;
      const [smallest = new Set()] = moments.toSorted((one, other) => one.size - other.size);
      smallest.add(userId);
      momentOf.set(userId, smallest);
      stop ??= every(HEARTBEAT_MS / MOMENTS, beatNext);
    },

    remove(userId) {
      momentOf.get(userId)?.delete(userId);
      momentOf.delete(userId);
      if (momentOf.size > 0) return;
      stop?.();
      stop = null;
    },
  };
}
