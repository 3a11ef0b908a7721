/** How much a line of the log matters. */
export type LogLevel = "info" | "warn" | "error";

/** What a line of the log says beside its event; never a token, a cookie or a nonce. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one event. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** A log of JSON lines, one an event, each handed to `write` with its time in ISO 8601. */
export function createLog(write: (line: string) => void, now: () => number = Date.now): Log {
  return (level, event, fields) =>
    write(JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields }));
}

/** The name and message of whatever was thrown, for the log, with those of its causes. */
export function describeCause(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return String(cause);
  const deeper = describeCause(cause.cause);
  return `${cause.name}: ${cause.message}${deeper ? ` < ${deeper}` : ""}`;
}
