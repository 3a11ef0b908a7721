/** What PostgreSQL or Bun's driver says of a failure: an SQLSTATE such as `40001`, or Bun's code. Never a bound value. */
export function codeOf(error: unknown): string {
  const { errno, code, cause, name } = (error ?? {}) as Record<string, unknown>;
  // Drizzle wraps the error, and its message holds the bound values.
  if (name === "DrizzleQueryError" || (cause !== undefined && code === undefined))
    return codeOf(cause);
  if (typeof errno === "string") return errno;
  return String(code ?? name ?? "unknown");
}

/** Two transactions were in each other's way, and this one was rolled back: it may begin again. */
export function isConflict(code: string): boolean {
  return code === "40001" || code === "40P01";
}

/** The code of a server that answers reads only. */
export const STANDBY = "standby";

/** The connection is of no use any more. What was asked on it may have happened. */
export function isLost(code: string): boolean {
  // Without an SQLSTATE, no server has said it. 25006: it takes no writes any more.
  const isCut = code.startsWith("ERR_POSTGRES_") || /^(?:08|57P)/.test(code);
  return isCut || code === "25006" || code === STANDBY;
}
