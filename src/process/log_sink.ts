import {
  type AnsiColorFormatterOptions,
  getAnsiColorFormatter,
  getLevelFilter,
  getTextFormatter,
  type LogRecord,
  type Sink,
  type TextFormatter,
  withFilter,
} from "@logtape/logtape";

import { shortenAddress } from "../http/client_address.ts";
import type { Log, LogFields, LogLevel } from "../log.ts";

/** What a log leaves out, and where its time comes from. */
export interface LogOptions {
  now?: () => number;
  /** The least severe lines that it has; `debug` unless said otherwise. */
  level?: LogLevel;
  /** How much of an address it has: all of it (as if not said), its network, or nothing. */
  addresses?: "full" | "short" | "none";
}

/** The fields that hold an address. */
const ADDRESS_FIELDS = ["address", "peer"] as const;

const LEVELS = { debug: "debug", info: "info", warn: "warning", error: "error" } as const;

/** Creates a log that hands its records to a sink of LogTape. Nothing of it is global. */
export function createLog(
  sink: Sink,
  { now = Date.now, level: least = "debug", addresses = "full" }: LogOptions = {},
): Log {
  const write = withFilter(sink, getLevelFilter(LEVELS[least]));
  return (level, event, fields = {}) => {
    const properties = addresses === "full" ? fields : hideAddresses(fields, addresses);
    const record = { category: [], level: LEVELS[level], timestamp: now(), properties };
    write({ ...record, message: [event], rawMessage: event });
  };
}

function hideAddresses(fields: LogFields, addresses: "short" | "none"): LogFields {
  const hidden = { ...fields };
  for (const name of ADDRESS_FIELDS) {
    const address = hidden[name];
    if (typeof address !== "string") continue;
    hidden[name] = addresses === "short" ? shortenAddress(address) : undefined;
  }
  return hidden;
}

/** Creates a sink that writes each record as one line, in JSON unless said otherwise. */
export function createLineSink(
  write: (line: string) => void,
  format: TextFormatter = formatJson,
): Sink {
  return (record) => write(format(record));
}

/** What a terminal may take for a command, and JSON leaves as it is. */
const CONTROLS = /[\u007f-\u009f]/g;

/** A record as a line of JSON, with its time in ISO 8601. */
function formatJson({ timestamp, level, rawMessage, properties }: LogRecord): string {
  const time = new Date(timestamp).toISOString();
  const name = level === "warning" ? "warn" : level;
  const line = JSON.stringify({ time, level: name, event: rawMessage, ...properties });
  return line.replace(CONTROLS, (control) => `\\u00${control.charCodeAt(0).toString(16)}`);
}

/** Creates a format for people: the time of day, the level, the event, and the fields by name. */
export function createReadableFormat({ hasColors }: { hasColors: boolean }): TextFormatter {
  const options: AnsiColorFormatterOptions = {
    timestamp: "time",
    timeZone: null,
    value: "bare",
    sanitize: { sgr: "escape", newlines: "escape" },
    format: ({ timestamp, level, message }) => `${timestamp} ${level} ${message}`,
    lineEnding: "lf",
  };
  const format = hasColors ? getAnsiColorFormatter(options) : getTextFormatter(options);
  return (record) => format({ ...record, message: describeRecord(record) }).trimEnd();
}

/** The text and the values of a record in turn, as LogTape's formats want them. */
function describeRecord({ rawMessage, properties }: LogRecord): unknown[] {
  const parts: unknown[] = [String(rawMessage)];
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    parts.push(`${parts.pop()} ${name}=`, value, "");
  }
  return parts;
}
