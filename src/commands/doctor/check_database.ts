import { dirname } from "node:path";

import {
  type FileContent,
  type FileState,
  isWritable,
  readFileContent,
  readFileState,
} from "../../../db/sqlite/file_state.ts";
import { type Finding, findingsOf } from "./finding.ts";

const file = findingsOf("database");
const backup = findingsOf("backup");

const MIB = 1_048_576;
const HOUR_MS = 3_600_000;
/** A daily backup may be late by half a day. */
const OLD_BACKUP_MS = 36 * HOUR_MS;
const LEAST_FREE_BYTES = 50 * MIB;

interface DatabaseOptions {
  now: number;
  /** Who runs the doctor. */
  uid: number;
}

/** Checks the database file, its folder and disk, and the last backup. Changes nothing. */
export function checkDatabase(path: string, { now, uid }: DatabaseOptions): Finding[] {
  if (path === ":memory:") {
    return [file.warning("It is in memory: a restart forgets everybody", "Set DATABASE_URL")];
  }
  const state = lookAt(path);
  if (typeof state === "string") return [file.problem(`${path}: ${state}`, "Correct its folder")];
  if (state === null) return [checkFolder(path)];
  const findings = checkState(path, { state, uid });
  // Whoever opens it as another user may leave files beside it that Foyer cannot write to.
  if (state.uid !== uid) return findings;
  const content = readFileContent(path);
  if (typeof content === "string") {
    return [...findings, file.problem(`${path}: ${content}`, "Restore a backup if it is damaged")];
  }
  return [...findings, ...checkContent(path, content), checkBackup(content, now)];
}

function lookAt(path: string): FileState | null | string {
  try {
    return readFileState(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function checkFolder(path: string): Finding {
  const folder = dirname(path);
  return isWritable(folder)
    ? file.ok(`${path} is not there yet; the first start creates it`)
    : file.problem(`${path} is not there, and ${folder} not writable`, `Create ${folder}`);
}

function checkState(path: string, { state, uid }: { state: FileState; uid: number }): Finding[] {
  const { mode, bytes, freeBytes, canWrite } = state;
  const findings: Finding[] = [];
  if (state.uid !== uid) {
    findings.push(
      file.warning(
        `${path} belongs to another user (${state.uid}), so it was not opened`,
        "Run the doctor as the user that Foyer runs as",
      ),
    );
  } else if (!canWrite) {
    findings.push(file.problem(`${path} or its folder is not writable`, "Give it to Foyer's user"));
  }
  if ((mode & 0o077) !== 0) {
    const text = `Other users may open ${path} (mode ${mode.toString(8)})`;
    findings.push(file.problem(text, `chmod 600 ${path}`));
  }
  const free = `${Math.floor(freeBytes / MIB)} MiB are free on its disk`;
  if (freeBytes < LEAST_FREE_BYTES) findings.push(file.problem(free, "Make room"));
  else if (freeBytes < 2 * bytes) {
    findings.push(file.warning(`${free}; an upgrade copies the file first`, "Make room"));
  }
  return findings;
}

function checkContent(path: string, content: FileContent): Finding[] {
  const { isFoyers, migrationsBehind, journalMode, damage } = content;
  if (!isFoyers) return [file.problem(`${path} belongs to another program`, "Set DATABASE_URL")];
  const findings: Finding[] = [];
  if (damage) findings.push(file.problem(`${path} is damaged: ${damage}`, "Restore a backup"));
  if (migrationsBehind < 0) {
    findings.push(file.problem("A newer Foyer wrote the file", "Run that version, or restore"));
  }
  if (journalMode !== "wal") {
    findings.push(
      file.warning(`The journal mode is ${journalMode}, not WAL`, "The next start sets it"),
    );
  }
  if (findings.length > 0) return findings;
  const upgrade = migrationsBehind > 0 ? "; the next start upgrades it" : "";
  return [file.ok(`${path} is whole${upgrade}`)];
}

function checkBackup({ backupAt }: FileContent, now: number): Finding {
  if (backupAt === null) {
    return backup.warning("There is no backup", "Run “foyer backup” every day");
  }
  const age = `The last good backup is ${Math.round((now - backupAt) / HOUR_MS)} hours old`;
  return now - backupAt > OLD_BACKUP_MS
    ? backup.warning(age, "See why the daily backup does not run")
    : backup.ok(age);
}
