import type { AuditEvent } from "../../db/contract/audit.ts";
import type { PersonExport, SessionSummary } from "../../db/contract/people.ts";
import type { Words } from "../../views/words/words.ts";
import type { Config } from "../config.ts";
import { describeBrowser, describeMethod } from "./describe_session.ts";

/** The latest time that a date can hold, in milliseconds since 1970. */
const LAST_TIME_MS = 8.64e15;

/** Names of values that are times: `at`, `createdAt`, `written_at`, `adminSince`. */
const TIME_NAME = /^at$|(?:At|_at|Since|_since)$/;

export interface ExportAbout {
  config: Config;
  /** The words in the language of the person who opens the file. */
  words: Words;
  now: number;
}

/** All data about a person as a JSON file that people can read, too: `_about` explains it and each part. */
export function writeExport(
  { person, sessions, events, tables }: PersonExport,
  { config, words, now }: ExportAbout,
): string {
  const { title, times, ...parts } = words.download;
  const file = {
    _about: {
      title: title(config.brand.name, config.origin),
      exportedAt: now,
      times,
      parts,
    },
    person,
    sessions: sessions.map((session) => describe(session, words)),
    events: events.map((event) => describeEvent(event, words)),
    tables,
  };
  return `${JSON.stringify(file, writeTime, 2)}\n`;
}

/** The name of the file: "Foyer-data-2026-11-25.json", also for names that a header cannot hold. */
export function dispositionOf({ config, now }: Pick<ExportAbout, "config" | "now">): string {
  const day = new Date(now).toISOString().slice(0, 10);
  const name = `${config.brand.name.replace(/[^\p{L}\p{N}]+/gu, "-")}-data-${day}.json`;
  const plain = name.replace(/[^\w.-]/g, "_");
  const encoded = plain === name ? "" : `; filename*=UTF-8''${encodeURIComponent(name)}`;
  return `attachment; filename="${plain}"${encoded}`;
}

function describe({ userAgent, method, ...session }: SessionSummary, words: Words) {
  const device = describeBrowser(userAgent, words);
  return { device, signedInWith: describeMethod(method, words), ...session, method, userAgent };
}

function describeEvent({ kind, ...event }: AuditEvent, { events }: Words) {
  return { event: events.kinds[kind], kind, ...event };
}

/** For `JSON.stringify`: writes times as ISO 8601. */
function writeTime(name: string, value: unknown): unknown {
  const isTime =
    TIME_NAME.test(name) && typeof value === "number" && Math.abs(value) <= LAST_TIME_MS;
  return isTime ? new Date(value).toISOString() : value;
}
