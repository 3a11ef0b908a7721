import { chmodSync, chownSync, mkdtempSync } from "node:fs";
import { join } from "node:path";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** What a command begins with to run as a user whom file modes bind. Root ignores them. */
export const AS_NOBODY = isRoot
  ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"]
  : [];

/** A new folder in `parent` that belongs to that user. */
export function createFolder(parent: string): string {
  chmodSync(parent, 0o755);
  const folder = mkdtempSync(join(parent, "run-"));
  give(folder);
  return folder;
}

/** Gives what is at `path` to that user. */
export function give(path: string): void {
  if (isRoot) chownSync(path, NOBODY, NOBODY);
}
