/** Where secrets and ids come from. */
export interface Random {
  /** So many random bytes, unpredictable for others. */
  bytes(count: number): Uint8Array<ArrayBuffer>;
  /** A random UUID. */
  id(): string;
}

/** Runs `act` every `ms` milliseconds, until the returned function is called. */
export type Every = (ms: number, act: () => void) => () => void;

/** What a process takes from its machine. A test or a simulation brings its own. */
export interface Machine {
  /** The time in milliseconds since 1970. */
  now: () => number;
  random: Random;
  every: Every;
}

/** The machine that this process runs on. */
export const MACHINE: Machine = {
  now: Date.now,
  random: {
    bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    id: () => crypto.randomUUID(),
  },
  every(ms, act) {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
};
