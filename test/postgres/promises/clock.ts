/** The time of several processes, in milliseconds since 1970. It passes, and a test moves it for all of them. */
export interface SharedClock {
  readonly now: number;
  pass(ms: number): void;
}

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Creates the file of a clock that shows the machine's time. */
export async function createClockFile(path: string): Promise<SharedClock> {
  await Bun.write(path, new Uint8Array(BYTES));
  return openClock(path);
}

/** Opens the clock in the file at `path`, which is one number: by how much it is ahead. */
export function openClock(path: string): SharedClock {
  const memory = Bun.mmap(path);
  const ahead = new Float64Array(memory.buffer, memory.byteOffset, 1);
  return {
    get now() {
      return Date.now() + (ahead[0] ?? 0);
    },
    pass(ms) {
      ahead[0] = (ahead[0] ?? 0) + ms;
    },
  };
}
