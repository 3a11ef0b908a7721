import { existsSync, readFileSync } from "node:fs";

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** What a write-ahead log holds. A log that began again has another salt. */
export interface WalCommits {
  salt: number;
  commits: number;
}

/** Counts the commits in the write-ahead log of a file. https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
export function readWalCommits(path: string): WalCommits {
  const wal = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0);
  if (wal.length < HEADER_BYTES) return { salt: 0, commits: 0 };
  const frameBytes = FRAME_HEADER_BYTES + wal.readUInt32BE(8);
  const salt = wal.readUInt32BE(16);
  let commits = 0;
  for (let at = HEADER_BYTES; at + frameBytes <= wal.length; at += frameBytes) {
    // Behind the last frame there may be some of an older log.
    if (wal.readUInt32BE(at + 8) !== salt) break;
    if (wal.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return { salt, commits };
}
