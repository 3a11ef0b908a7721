import { lstatSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { checkExistingFile } from "../../db/sqlite/check_file.ts";

/** The name of a backup in a folder: `foyer-2026-11-26T07-20-00Z.db`, in the order of time. */
const NAME = /^foyer-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db$/;

/** What a backup that was killed has left. */
const PART = /^foyer-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db\.part(?:-journal)?$/;

const DAY_MS = 86_400_000;

/** The name of the backup of a moment. */
export function nameBackup(at: number): string {
  return `foyer-${new Date(at).toISOString().slice(0, 19).replaceAll(":", "-")}Z.db`;
}

/**
 * Deletes the oldest backups beside the new one at `path` until `keep` are left with it, and what a backup that was
 * killed more than a day ago has left. Returns what was deleted. It touches no file but backups of Foyer's.
 */
export function deleteOldBackups(path: string, { keep, now }: { keep: number; now: number }) {
  const [folder, own] = [dirname(path), basename(path)];
  const names = readdirSync(folder).toSorted();
  const others = names.filter((name) => name !== own && NAME.test(name) && isOurs(folder, name));
  const tooMany = others.slice(0, Math.max(0, others.length - (keep - 1)));
  const left = names.filter((name) => PART.test(name) && isOld(join(folder, name), now));
  const paths = [...tooMany, ...left].map((name) => join(folder, name));
  for (const one of paths) rmSync(one);
  return paths;
}

function isOurs(folder: string, name: string): boolean {
  const path = join(folder, name);
  try {
    if (!lstatSync(path).isFile()) return false;
    checkExistingFile(path);
    return true;
  } catch {
    return false;
  }
}

function isOld(path: string, now: number): boolean {
  const stats = lstatSync(path);
  return stats.isFile() && stats.mtimeMs < now - DAY_MS;
}
