import { RefusedRequest } from "../errors.ts";
import type { Log } from "../log.ts";
import { describeClock, isClockWrong } from "./clock.ts";
import { type Fetch, fetchKeySet, type GoogleKeySet } from "./google_key_set.ts";

/** Google's signing keys. */
export interface GoogleKeys {
  /** Finds the key with the id `kid`, or throws a `RefusedRequest`. */
  find(kid: string): Promise<CryptoKey>;
  /** Fetches the keys unless they are new enough. Resolves when it is done, and never rejects. */
  refreshIfDue(): Promise<void>;
  /**
   * How far this machine's clock was behind Google's at the last answer, in milliseconds (negative: ahead), or
   * `null`. Measures again in the background, at most once per cool-down.
   */
  checkClock(): number | null;
  /** How old the keys are, in milliseconds; `null` until some are known. */
  ageMs(): number | null;
}

/** The URL of the keys, the clock, the log, and how to fetch. */
export interface GoogleKeysOptions {
  url: string;
  now: () => number;
  log: Log;
  fetch?: Fetch;
  timeoutMs?: number;
}

const TIMEOUT_MS = 5000;
/** After a fetch that an unknown key or a suspicious clock caused, they cause no other one for this long. */
const COOL_DOWN_MS = 30_000;
/** After a failed fetch, there is no other fetch for this long. The time doubles with each failure in a row. */
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 60_000;
/** Keys are fetched again after this part of the time in which they are fresh. */
const DUE_AFTER = 0.8;
const MAX_LOGGED_LENGTH = 200;

interface Failure {
  at: number;
  waitMs: number;
  cause: unknown;
}

/**
 * Caches Google's keys. Nobody waits for Google while the key is known: keys are fetched again in the background
 * before they are too old, and a known key stays valid for as long as Google is unreachable. An unknown `kid`
 * causes one fetch per cool-down. If it stays unknown: 401 `invalid_credential` if the last fetch succeeded, 503
 * `keys_unavailable` if it failed. Callers share one fetch.
 */
export function createGoogleKeys({
  url,
  now,
  log,
  fetch = globalThis.fetch,
  timeoutMs = TIMEOUT_MS,
}: GoogleKeysOptions): GoogleKeys {
  let known: GoogleKeySet | null = null;
  let loadedAt = 0;
  let behindMs: number | null = null;
  let failure: Failure | null = null;
  let coolSince = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | null = null;

  // The absolute difference: a clock that was set back must not delay a fetch.
  const isWithin = (ms: number, since: number) => Math.abs(now() - since) < ms;
  const isWaiting = () => failure !== null && isWithin(failure.waitMs, failure.at);
  const isDue = () => known === null || !isWithin(known.freshMs * DUE_AFTER, loadedAt);

  async function load(): Promise<void> {
    try {
      const answer = await fetchKeySet(url, { fetch, timeoutMs });
      if (answer.unusable.length > 0) warn("google_key_unusable", answer.unusable.join(". "));
      if (failure) log("info", "google_keys_fetched", { keys: answer.keys.size });
      if (answer.date !== null) noteClock(answer.date);
      known = answer;
      loadedAt = now();
      failure = null;
    } catch (cause) {
      const waitMs = failure ? Math.min(failure.waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
      failure = { at: now(), waitMs, cause };
      const ageS = known ? Math.round((now() - loadedAt) / 1000) : null;
      warn("google_keys_not_fetched", cause, { age_seconds: ageS, retry_seconds: waitMs / 1000 });
    }
  }

  function warn(event: string, cause: unknown, fields: Record<string, number | null> = {}): void {
    log("warn", event, { ...fields, cause: String(cause).slice(0, MAX_LOGGED_LENGTH) });
  }

  function noteClock(googleTime: number): void {
    behindMs = googleTime - now();
    if (!isClockWrong(behindMs)) return;
    warn("clock_wrong", describeClock(behindMs), { seconds: Math.round(behindMs / 1000) });
  }

  function refresh(): Promise<void> {
    fetching ??= load().finally(() => {
      fetching = null;
    });
    return fetching;
  }

  async function refreshIfDue(): Promise<void> {
    if (isDue() && !isWaiting()) await refresh();
  }

  /** Fetches for an unknown key or a suspicious clock, unless a recent fetch or failure forbids it. */
  async function refetch(): Promise<void> {
    if (!fetching && (isWaiting() || (!failure && isWithin(COOL_DOWN_MS, coolSince)))) return;
    await refresh();
  }

  /** Begins the next cool-down. What happens during one does not make it longer. */
  function beginCoolDown(): void {
    if (!isWithin(COOL_DOWN_MS, coolSince)) coolSince = now();
  }

  return {
    refreshIfDue,
    async find(kid) {
      if (known) void refreshIfDue();
      const key = known?.keys.get(kid);
      if (key) return key;
      await refetch();
      const found = known?.keys.get(kid);
      if (found) return found;
      if (failure) throw unavailable(failure, now());
      beginCoolDown();
      throw new RefusedRequest("invalid_credential", {
        cause: new Error(`No key has the id "${kid.slice(0, 64)}"`),
      });
    },
    checkClock() {
      void refetch();
      beginCoolDown();
      return behindMs;
    },
    ageMs: () => known && now() - loadedAt,
  };
}

function unavailable({ at, waitMs, cause }: Failure, now: number): RefusedRequest {
  const waitS = Math.ceil(Math.min(Math.max(at + waitMs - now, 1000), waitMs) / 1000);
  return new RefusedRequest("keys_unavailable", {
    cause,
    headers: { "Retry-After": String(waitS) },
  });
}
