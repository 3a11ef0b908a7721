import { isLoopback } from "../config/values.ts";
import { RefusedRequest, SecurityEventError } from "../errors.ts";
import type { Client } from "./client_address.ts";
import * as rates from "./limit_rates.ts";
import { createRateLimit, type RateLimit } from "./rate_limit.ts";

/** What strangers can ask for. */
export type RequestKind = "page" | "fragment" | "refusal" | "check";

/** What proves itself by a signature. */
export type ProofKind = "sign_in" | "security_event";

export interface LimitsOptions {
  config: { origin: string; signInLimit: number };
  clientOf: (request: Request) => Client;
  now: () => number;
}

/** Counts requests, and refuses those that are too many. */
export interface Limits {
  /** Counts a stranger's request. Throws `too_many_requests` beyond the limits. */
  count(kind: RequestKind, request: Request): void;
  /** As {@linkcode Limits.count}, but returns the refusal, or `null`. */
  refusalOf(kind: RequestKind, request: Request): RefusedRequest | null;
  /** Counts an export of the person. Throws `too_many_requests` beyond the limits. */
  countExport(userId: string): void;
  /** Counts a new cookie for protected applications. Throws `too_many_requests` beyond the limit. */
  countAccess(userId: string): void;
  /**
   * Counts a challenge for the device of a session. Whether there are too many: who has copied its cookie must not use
   * up those of who signs with its key.
   */
  isChallengedTooOften(sessionId: string, options: { isSigned: boolean }): boolean;
  /** Counts a bound token of a session. Whether there are too many. */
  isRenewedTooOften(sessionId: string): boolean;
  /** Whether nothing was said about this fault of a session for a minute. */
  isFirstInMinute(fault: string): boolean;
  /** Counts a signature that is to be checked. Throws `too_many_requests` beyond the limit. */
  countCheck(kind: ProofKind, request: Request): void;
  /** Runs `act`. If it is refused, counts that, and beyond the limit of its address throws `too_many_requests` instead. */
  attempt<Result>(
    kind: ProofKind,
    request: Request,
    act: () => Result | Promise<Result>,
  ): Promise<Result>;
}

const ALL = "";

/**
 * Creates the limits. A request without an address counts only among all. On a loopback origin, which no other machine
 * reaches, only refused sign-ins are limited.
 */
export function createLimits({ config, clientOf, now }: LimitsOptions): Limits {
  const isPublic = !isLoopback(new URL(config.origin).hostname);
  const limit = (rate: rates.Rate) => createRateLimit({ ...rate, now });
  const second = (count: number) => limit({ perMinute: count * 60, burst: count * 2 });
  const byAddress = {
    page: limit(rates.BY_ADDRESS),
    fragment: limit(rates.BY_ADDRESS),
    refusal: limit(rates.BY_ADDRESS),
    check: limit(rates.CHECKS_BY_ADDRESS),
  };
  const inAll = Object.fromEntries(
    Object.entries(rates.IN_ALL).map(([kind, count]) => [kind, second(count)]),
  ) as Record<keyof typeof rates.IN_ALL, RateLimit>;
  const beyondLimit = second(rates.CHECKS_BEYOND_LIMIT);
  const exports = limit(rates.EXPORTS);
  const exportsInAll = limit(rates.EXPORTS_IN_ALL);
  const access = limit(rates.ACCESS);
  const challenges = limit(rates.CHALLENGES);
  const signedChallenges = limit(rates.CHALLENGES);
  const renewals = limit(rates.RENEWALS);
  const faults = limit(rates.FAULTS);
  const refused: Record<ProofKind, RateLimit | null> = {
    sign_in: config.signInLimit === 0 ? null : limit({ perMinute: config.signInLimit }),
    security_event: isPublic ? limit(rates.REFUSED_SECURITY_EVENTS) : null,
  };

  function isBeyondLimit(kind: ProofKind, request: Request): boolean {
    const { address } = clientOf(request);
    return address !== null && (refused[kind]?.wait(address) ?? 0) > 0;
  }

  /** Counts a stranger's request, and returns how long it must wait, in milliseconds. */
  function take(kind: RequestKind, request: Request): number {
    if (!isPublic) return 0;
    const { address } = clientOf(request);
    return (address !== null && byAddress[kind].take(address)) || inAll[kind].take(ALL);
  }

  return {
    count: (kind, request) => requireNoWait(take(kind, request)),
    refusalOf: (kind, request) => refuse(take(kind, request)),
    countExport(userId) {
      if (!isPublic) return;
      requireNoWait(exports.take(userId) || exportsInAll.take(ALL));
    },
    countAccess: (userId) => requireNoWait(access.take(userId)),
    isChallengedTooOften: (sessionId, { isSigned }) =>
      (isSigned ? signedChallenges : challenges).take(sessionId) > 0,
    isRenewedTooOften: (sessionId) => renewals.take(sessionId) > 0,
    isFirstInMinute: (fault) => faults.take(fault) === 0,
    countCheck(kind, request) {
      if (!isPublic) return;
      const waitMs = isBeyondLimit(kind, request) ? beyondLimit.take(ALL) : 0;
      requireNoWait(waitMs || inAll[kind].take(ALL));
    },
    async attempt(kind, request, act) {
      try {
        return await act();
      } catch (error) {
        const { address } = clientOf(request);
        if (isRefusal(error) && address !== null) requireNoWait(refused[kind]?.take(address) ?? 0);
        throw error;
      }
    },
  };
}

/** `too_many_requests`, if there is something to wait for, in milliseconds. */
function refuse(waitMs: number): RefusedRequest | null {
  if (waitMs === 0) return null;
  const headers = { "Retry-After": String(Math.ceil(waitMs / 1000)) };
  return new RefusedRequest("too_many_requests", { headers });
}

function requireNoWait(waitMs: number): void {
  const refusal = refuse(waitMs);
  if (refusal) throw refusal;
}

/** Whether an attempt was wrong. What fails on our side does not count. */
function isRefusal(error: unknown): boolean {
  if (error instanceof SecurityEventError) return true;
  return error instanceof RefusedRequest && error.status < 500;
}
