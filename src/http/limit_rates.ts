import type { RateLimitOptions } from "./rate_limit.ts";

/** How often something may happen, and how often at once. */
export type Rate = Pick<RateLimitOptions, "perMinute" | "burst">;

/**
 * Of one address, of each kind of request: 50 a second, 1,000 at once. An office of 500 people behind one address stays
 * below: at nine o'clock each opens a page or two, and asks for three fragments. A fragment costs about 0.15 ms, so one
 * address takes 1 % of a core.
 */
export const BY_ADDRESS: Rate = { perMinute: 3000, burst: 1000 };

/** Of checks for protected applications: each part of their pages is one, and who waits for a sign-in asks on and on. */
export const CHECKS_BY_ADDRESS: Rate = { perMinute: 18_000, burst: 6000 };

/**
 * Of all strangers together, a second, and twice as many at once: each about a third of a core. The rest is for who is
 * signed in. No address alone uses up what is allowed at once.
 */
export const IN_ALL = {
  page: 4000,
  fragment: 2000,
  refusal: 1000,
  check: 4000,
  sign_in: 500,
  security_event: 200,
};

/** Of the checks a second, what addresses share that are beyond the limit of refused attempts. */
export const CHECKS_BEYOND_LIMIT = 100;

/** Google sends what it has signed; anybody can send what is refused. */
export const REFUSED_SECURITY_EVENTS: Rate = { perMinute: 60 };

/** An export reads all about a person, or all events. */
export const EXPORTS: Rate = { perMinute: 10 };
export const EXPORTS_IN_ALL: Rate = { perMinute: 120 };

/** Each is a write, which everybody waits for. Twenty tabs that open at once ask three times each. */
export const ACCESS: Rate = { perMinute: 60 };

/** Of one session: browsers give up after four in a row. */
export const CHALLENGES: Rate = { perMinute: 5 };

/** Of one session: each bound token is a write, which everybody waits for. A browser asks for one in eight minutes. */
export const RENEWALS: Rate = { perMinute: 60 };

/** Of one session, how often it is looked up whether the audit log has the fault already. */
export const FAULTS: Rate = { perMinute: 1 };
