import type { AuditEvent } from "../../db/contract/audit.ts";
import type { PersonExport, SessionSummary } from "../../db/contract/people.ts";
import type { Store } from "../../db/contract/store.ts";
import type { Words } from "../../views/words/words.ts";
import type { Config } from "../config.ts";
import { describeBrowser, describeMethod } from "./describe_session.ts";

/** The latest time that a date can hold, in milliseconds since 1970. */
const LAST_TIME_MS = 8.64e15;

/** Names of values that are times: `at`, `createdAt`, `written_at`, `adminSince`. */
const TIME_NAME = /^at$|(?:At|_at|Since|_since)$/;

const BATCH = 500;

export interface ExportAbout {
  config: Config;
  /** The words in the language of the person who opens the file. */
  words: Words;
  now: number;
}

/** The rows of a list, in batches, each from behind the one before. */
type ReadRows = (after: number | null) => Promise<{ position: number; row: unknown }[]>;

/** All data about a person as a JSON file that people can read, too: `_about` explains it and each part. */
export async function* writeExport(
  { person, sessions }: PersonExport,
  { store, config, words, now }: ExportAbout & { store: Store },
): AsyncGenerator<string> {
  const { title, times, ...parts } = words.download;
  const about = { title: title(config.brand.name, config.origin), exportedAt: now, times, parts };
  const userId = person.id;
  const described = sessions.map((session) => describe(session, words));
  yield `{\n  "_about": ${json(about, 1)},\n  "person": ${json(person, 1)},`;
  yield `\n  "sessions": ${json(described, 1)},\n  "events": `;
  yield* writeList(1, async (before) => {
    const from = before === null ? {} : { before };
    const events = await store.listExportedEvents({ userId, ...from, limit: BATCH });
    return events.map((event) => ({ position: event.seq, row: describeEvent(event, words) }));
  });
  yield `,\n  "tables": {`;
  for (const [index, table] of store.personTables.entries()) {
    yield `${index === 0 ? "" : ","}\n    ${json(table, 2)}: `;
    yield* writeList(2, (after) =>
      store.listPersonRows({
        userId,
        table,
        after: after ?? Number.MIN_SAFE_INTEGER,
        limit: BATCH,
      }),
    );
  }
  yield `${store.personTables.length === 0 ? "" : "\n  "}}\n}\n`;
}

/** Writes a list at a depth of the file. */
async function* writeList(depth: number, read: ReadRows): AsyncGenerator<string> {
  const indent = `\n${"  ".repeat(depth + 1)}`;
  let before = "[";
  for (let last: number | null = null; ;) {
    const rows = await read(last);
    const text = rows.map(({ row }) => `${indent}${json(row, depth + 1)}`).join(",");
    if (text) {
      yield `${before}${text}`;
      before = ",";
    }
    if (rows.length < BATCH) break;
    last = rows.at(-1)?.position ?? null;
  }
  yield before === "[" ? "[]" : `\n${"  ".repeat(depth)}]`;
}

/** A value as JSON, as it stands at a depth of the file. */
function json(value: unknown, depth: number): string {
  return JSON.stringify(value, writeTime, 2).replaceAll("\n", `\n${"  ".repeat(depth)}`);
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
