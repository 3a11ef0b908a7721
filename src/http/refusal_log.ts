import type { Log, LogFields, LogLevel } from "../log.ts";
import type { Client } from "./client_address.ts";
import { createRateLimit } from "./rate_limit.ts";

/** The log of refused requests. */
export interface RefusalLog {
  /** Writes a line, or counts it if there were too many. */
  write(level: LogLevel, fields: LogFields): void;
  /** Counts a request that was one too many; it costs no line. */
  countLimited(client: Pick<Client, "address">): void;
  /** Writes a line for each address that a limit refused since the last call, and how many lines were left out. */
  flush(): void;
}

/**
 * How many bytes a second, and at once, the lines of refusals may take: 180 MB a day. Errors have as many of their own,
 * so that strangers cannot hide them.
 */
const BYTES_A_SECOND = 2048;
const BYTES_AT_ONCE = 262_144;

/** The time, level and event of a line. */
const FRAME_BYTES = 80;

/** One call of `flush` writes at most so many lines of limited addresses; the others share one. */
const MAX_ADDRESSES = 500;

export interface RefusalLogOptions {
  log: Log;
  now: () => number;
  /** How many bytes lines may take at once; 256 KiB unless said otherwise. */
  bytesAtOnce?: number;
}

/** Creates a log of refusals that takes a bounded number of bytes a second, whatever strangers send. */
export function createRefusalLog({
  log,
  now,
  bytesAtOnce = BYTES_AT_ONCE,
}: RefusalLogOptions): RefusalLog {
  const bytes = createRateLimit({ perMinute: BYTES_A_SECOND * 60, burst: bytesAtOnce, now });
  let limited = new Map<string, number>();
  let leftOut = 0;

  return {
    write(level, fields) {
      const isFull = bytes.wait(level, FRAME_BYTES) > 0;
      const length = isFull ? 0 : FRAME_BYTES + Buffer.byteLength(JSON.stringify(fields));
      if (isFull || bytes.take(level, length) > 0) leftOut += 1;
      else log(level, "refused", fields);
    },
    countLimited({ address }) {
      const isOwn = limited.has(address ?? "") || limited.size < MAX_ADDRESSES;
      const key = isOwn ? (address ?? "") : "";
      limited.set(key, (limited.get(key) ?? 0) + 1);
    },
    flush() {
      const written = limited;
      limited = new Map();
      for (const [address, count] of written) {
        log("warn", "limited", { address: address || undefined, count });
      }
      if (leftOut > 0) log("warn", "refusals_left_out", { count: leftOut });
      leftOut = 0;
    },
  };
}
