/** The severity of a log line. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** The fields of a log line; never a token, a cookie or a nonce. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one log line. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** The name and message of a thrown value and of its causes, for the log. */
export function describeCause(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return String(cause);
  const deeper = describeCause(cause.cause);
  return `${cause.name}: ${cause.message}${deeper ? ` < ${deeper}` : ""}`;
}

/** Anyone can choose paths and key ids; the limit keeps them from filling the log. */
const MAX_LOGGED_LENGTH = 200;

/** As long as our tokens, and longer than every id: those of Google's keys have 40 characters. */
const MAYBE_TOKEN = /[\w-]{43,}/g;

/** A text from outside as the log may hold it: short, and without anything that could be a token, or the start of one. */
export function shorten<T extends string | undefined>(text: T): T {
  const start = text?.slice(0, MAX_LOGGED_LENGTH);
  const safe = start?.replace(MAYBE_TOKEN, "…");
  return (start === text ? safe : safe?.replace(/[\w-]+$/, "…")) as T;
}
