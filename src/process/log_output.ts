import { write, writeSync } from "node:fs";

/** Lines on their way to a file descriptor. */
export interface LogOutput {
  /** Takes a line. Never waits, and never fails. */
  add(line: string): void;
  /** Resolves when every line is written, after a second in which none was, or after five seconds. */
  flush(): Promise<void>;
  /** Writes what is left, at once: the process ends. */
  flushNow(): void;
}

interface LogOutputOptions {
  /** Is told how many lines could not be written, once one is again. */
  onLoss: (lines: number) => void;
  /** How many characters may wait; 4 Mi unless said otherwise. Further lines are lost. */
  most?: number;
  /** After how long without progress `flush` gives up, in milliseconds. */
  patienceMs?: number;
}

const MOST = 4_194_304;
const PATIENCE_MS = 1000;
const LONGEST_FLUSH_MS = 5000;
/** A part that a pipe takes at once, so that progress shows. */
const PART_BYTES = 65_536;
/** How long to wait for a descriptor that takes nothing now, because somebody has made it non-blocking. */
const RETRY_MS = 20;
const LAST_WRITE_MS = 50;

/**
 * Creates the output for a file descriptor: a file, a pipe, a socket or a terminal. One write runs at a time, outside
 * of the main thread, so a slow reader stops no request. A reader that is gone costs lines, and nothing else.
 */
export function createLogOutput(
  descriptor: number,
  { onLoss, most = MOST, patienceMs = PATIENCE_MS }: LogOutputOptions,
): LogOutput {
  let waiting: string[] = [];
  let length = 0;
  let lost = 0;
  let writing: Promise<void> | null = null;
  let progressAt = 0;

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      length = 0;
      noteProgress();
      if (await writeAll(descriptor, { text: lines.join(""), noteProgress })) tellLoss();
      else lost += lines.length;
    }
    writing = null;
  }

  function noteProgress(): void {
    progressAt = performance.now();
  }

  const isStuck = () => performance.now() - progressAt >= patienceMs;

  function tellLoss(): void {
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    onLoss(lines);
  }

  return {
    add(line) {
      if (length + line.length > most) {
        lost += 1;
        return;
      }
      waiting.push(`${line}\n`);
      length += line.length + 1;
      writing ??= writeWaiting();
    },
    async flush() {
      const end = performance.now() + LONGEST_FLUSH_MS;
      while (writing && performance.now() < end) {
        if (!(await endsWithin(writing, patienceMs)) && isStuck()) return;
      }
    },
    flushNow() {
      // What a stuck reader has not taken, it would not take now.
      if (writing && isStuck()) return;
      // The running write is on another thread, and ends without this one.
      if (writing) Bun.sleepSync(LAST_WRITE_MS);
      try {
        writeSync(descriptor, waiting.join(""));
      } catch {
        // There is nobody left to tell.
      }
    },
  };
}

/** Whether all of `text` was written. */
async function writeAll(
  descriptor: number,
  { text, noteProgress }: { text: string; noteProgress: () => void },
): Promise<boolean> {
  let rest: Uint8Array = new TextEncoder().encode(text);
  while (rest.length > 0) {
    const written = await writeSome(descriptor, rest.subarray(0, PART_BYTES));
    if (written === null) return false;
    if (written === 0) await Bun.sleep(RETRY_MS);
    else noteProgress();
    rest = rest.subarray(written);
  }
  return true;
}

/** How many bytes the descriptor took: 0 if it takes none now, `null` if it takes none at all. */
function writeSome(descriptor: number, bytes: Uint8Array): Promise<number | null> {
  return new Promise((resolve) => {
    write(descriptor, bytes, (error, written) => {
      if (!error) resolve(written);
      else resolve(error.code === "EAGAIN" ? 0 : null);
    });
  });
}

function endsWithin(work: Promise<void>, ms: number): Promise<boolean> {
  return Promise.race([work.then(() => true), Bun.sleep(ms).then(() => false)]);
}
