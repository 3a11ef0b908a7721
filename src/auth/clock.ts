import { RefusedRequest } from "../errors.ts";
import { type Fetch, fetchKeySet } from "./google_key_set.ts";

/** How far Google's clock and ours may differ, in seconds. */
export const CLOCK_TOLERANCE_S = 60;

/** Whether a clock that is `behindMs` milliseconds behind Google's (negative: ahead) makes sign-ins fail. */
export function isClockWrong(behindMs: number): boolean {
  return Math.abs(behindMs) > CLOCK_TOLERANCE_S * 1000;
}

const TIMEOUT_MS = 5000;

/** Asks Google how far this machine's clock is behind its own, in milliseconds; `null` if it does not say. */
export async function measureClock({
  url,
  now,
  fetch = globalThis.fetch,
}: {
  url: string;
  now: () => number;
  fetch?: Fetch;
}): Promise<number | null> {
  try {
    const { date } = await fetchKeySet(url, { fetch, timeoutMs: TIMEOUT_MS });
    return date === null ? null : date - now();
  } catch {
    return null;
  }
}

/** Says for the operator how far this machine's clock is from Google's. */
export function describeClock(behindMs: number): string {
  const seconds = Math.round(Math.abs(behindMs) / 1000);
  return `This machine's clock is ${seconds} seconds ${behindMs > 0 ? "behind" : "ahead of"} Google's`;
}

/** The error of a sign-in. If the token's times were refused because of this machine's clock, its cause says so. */
export function blameClock(error: unknown, keys: { checkClock(): number | null }): unknown {
  if (!(error instanceof RefusedRequest)) return error;
  const { code, cause } = error;
  if (code !== "not_yet_valid" && code !== "expired_credential") return error;
  const behindMs = keys.checkClock();
  if (behindMs === null || !isClockWrong(behindMs)) return error;
  // A slow clock takes tokens for not yet valid, a fast one for expired.
  if (behindMs > 0 !== (code === "not_yet_valid")) return error;
  return new RefusedRequest(code, { cause: new Error(describeClock(behindMs), { cause }) });
}
