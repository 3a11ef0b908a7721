import { createLocalJWKSet, errors, type JSONWebKeySet } from "jose";

import { RefusedRequest } from "../errors.ts";

/** Finds Google's signing key with the id `kid`, or throws a `RefusedRequest`. */
export type GoogleKeys = (kid: string) => Promise<CryptoKey>;

/** The URL of the keys, the clock, and how to fetch. */
export interface GoogleKeysOptions {
  url: string;
  now: () => number;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

const TIMEOUT_MS = 5000;
/** After a refetch for an unknown key, unknown keys cause no other refetch for this long. */
const COOL_DOWN_MS = 30_000;
/** After a failed fetch, there is no other fetch for this long. */
const RETRY_AFTER_MS = 5000;
const MIN_AGE_MS = 60_000;
const MAX_AGE_MS = 86_400_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * Caches Google's keys for as long as `Cache-Control` allows. Callers share one fetch. While Google is
 * unreachable, the old keys stay valid. An unknown `kid` causes one refetch per cool-down. If it stays unknown:
 * 401 `invalid_credential` if the last fetch succeeded, 503 `keys_unavailable` if it failed.
 */
export function createGoogleKeys({
  url,
  now,
  fetch = globalThis.fetch,
}: GoogleKeysOptions): GoogleKeys {
  let keys: KeySet | null = null;
  let loadedAt = 0;
  let maxAgeMs = 0;
  let failure: { at: number; cause: unknown } | null = null;
  let refetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | null = null;

  async function load(): Promise<void> {
    try {
      const answer = await fetchKeys(url, fetch);
      keys = answer.keys;
      loadedAt = now();
      maxAgeMs = answer.maxAgeMs;
      failure = null;
    } catch (cause) {
      failure = { at: now(), cause };
    }
  }

  async function refresh(): Promise<void> {
    fetching ??= load().finally(() => {
      fetching = null;
    });
    await fetching;
  }

  // The absolute difference: a clock that was set back must not delay a fetch.
  const isWithin = (ms: number, since: number) => Math.abs(now() - since) < ms;
  const isBackingOff = () => failure !== null && isWithin(RETRY_AFTER_MS, failure.at);

  /** Refetches for an unknown key, unless a recent refetch or failure forbids it. */
  async function refetchForUnknownKey(): Promise<boolean> {
    if (!fetching) {
      if (isBackingOff() || isWithin(COOL_DOWN_MS, refetchedAt)) return false;
      refetchedAt = now();
    }
    await refresh();
    return true;
  }

  return async (kid) => {
    if (!isWithin(maxAgeMs, loadedAt) && !isBackingOff()) await refresh();
    let found = keys && (await findKey(keys, kid));
    if (!found && (await refetchForUnknownKey())) found = keys && (await findKey(keys, kid));
    if (found) return found;
    if (failure) throw unavailable(failure.cause);
    throw new RefusedRequest("invalid_credential", {
      cause: new Error(`No key has the id "${kid.slice(0, 64)}"`),
    });
  };
}

async function findKey(keys: KeySet, kid: string): Promise<CryptoKey | null> {
  try {
    return await keys({ alg: "RS256", kid });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return null;
    throw new RefusedRequest("invalid_credential", { cause: error });
  }
}

async function fetchKeys(
  url: string,
  fetch: NonNullable<GoogleKeysOptions["fetch"]>,
): Promise<{ keys: KeySet; maxAgeMs: number }> {
  const response = await fetch(url, {
    redirect: "error",
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) throw new Error(`The key set URL answered with ${response.status}`);
  const keySet = (await response.json()) as JSONWebKeySet;
  const keys = createLocalJWKSet(keySet);
  if (keySet.keys.length === 0) throw new Error("The key set is empty");
  return { keys, maxAgeMs: readMaxAge(response.headers.get("cache-control")) };
}

/** How long an answer may be cached, in milliseconds, within bounds (RFC 9111, section 5.2.2.1). */
function readMaxAge(cacheControl: string | null): number {
  const seconds = Number(/(?:^|[\s,])max-age=(\d{1,9})/i.exec(cacheControl ?? "")?.[1] ?? 0);
  return Math.min(Math.max(seconds * 1000, MIN_AGE_MS), MAX_AGE_MS);
}

function unavailable(cause: unknown): RefusedRequest {
  return new RefusedRequest("keys_unavailable", {
    cause,
    headers: { "Retry-After": String(RETRY_AFTER_MS / 1000) },
  });
}
