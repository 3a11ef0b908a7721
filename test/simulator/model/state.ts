import type { AuditKind } from "../../../db/contract/audit.ts";
import type { SessionEnd } from "../../../db/contract/session_end.ts";
import type { StandInPerson } from "../../../src/google_stand_in/people.ts";

// Times are in milliseconds since 1970.

/**
 * How long what no longer counts is good for requests under way: a replaced value, a session cookie without the bound one.
 * How long a next value is waited for.
 */
export const GRACE_MS = 30_000;

/** Somebody with an account here: known by Google's `sub`, never by the address. */
export interface Person {
  id: string;
  account: StandInPerson;
  /** By an administrator. Only an administrator takes it back. */
  isDisabled: boolean;
  /** By Google. Only Google takes it back. */
  isDisabledByGoogle: boolean;
  /** When Google last said "disabled" or "enabled"; `null` if it never did. An older word does not count. */
  googleSaidAt: number | null;
  /** Whether the person got the role of an administrator. */
  hasRole: boolean;
}

/** One value of the session cookie. */
export interface Token {
  /** When another value took its place; `null` while it counts. */
  replacedAt: number | null;
  /** Whether it was given as the next value, and nobody has presented it yet. */
  isNext: boolean;
}

/** The device that a session is bound to. */
export interface BoundDevice {
  /** What its key is called. */
  key: string;
  boundAt: number;
  /** When the newest challenge was made that it has answered. */
  answeredAt: number | null;
  /** The values of the bound cookie, until when they count. */
  tokens: Map<string, number>;
}

/** A session. It lives until it is deleted here; nothing brings it back. */
export interface Session {
  id: string;
  personId: string;
  createdAt: number;
  /** When Google issued the token that began it. */
  tokenIssuedAt: number;
  lastSeenAt: number;
  idleEndsAt: number;
  expiresAt: number;
  /** When the current value was first presented. */
  renewedAt: number;
  /** When a next value was last given. */
  offeredAt: number | null;
  /** A person who is disabled still learns it from this session. Nothing else is possible with it. */
  isEndedByAdmin: boolean;
  tokens: Map<string, Token>;
  /** The value of the cookie that opens protected applications. It is not renewed. */
  access: string | null;
  /** `null`: any browser with the cookie is its own. */
  device: BoundDevice | null;
}

/** The newest of what Google says about an account. Times are Google's. */
export interface GoogleWord {
  /** Tokens up to here sign nobody in. */
  revokedAt: number;
  statusAt: number;
  isDisabled: boolean;
  keptUntil: number;
}

/** What the audit log gains. */
export interface ExpectedEvent {
  kind: AuditKind;
  actorId: string | null;
  subjectId: string | null;
  at: number;
}

/** Who is signed in where, who may what, and what the audit log holds. */
export interface State {
  people: Map<string, Person>;
  sessions: Map<string, Session>;
  /** Nonces that have signed somebody in. None does it twice, whatever the clock says. */
  usedNonces: Set<string>;
  /** Until when the server keeps the used nonces that it has not forgotten. */
  keptNonces: Map<string, number>;
  /** Events of Google by their `jti`: each counts once. */
  heardEvents: Set<string>;
  /** Refusals that the log has, until when: one for each person, code and hour. */
  recordedRefusals: Map<string, number>;
  /** Why sessions ended, by the values of their cookies, until when. */
  reasons: Map<string, { why: SessionEnd; until: number; personId: string }>;
  /** Open invitations, until when. */
  invitations: Map<string, number>;
  /** What Google says about accounts by their `sub`, also about those that nobody here has. */
  google: Map<string, GoogleWord>;
  /** What the server has forgotten ends here: a token from before could be one that was used, or revoked. */
  forgotten: { nonces: number; revocations: number };
  /** The events of the last step. */
  events: ExpectedEvent[];
  /** The time of each event that the log still holds, and how many it has forgotten. */
  log: { times: number[]; forgotten: number };
}

/** Nobody, yet. */
export function createState(): State {
  return {
    people: new Map(),
    sessions: new Map(),
    usedNonces: new Set(),
    keptNonces: new Map(),
    heardEvents: new Set(),
    recordedRefusals: new Map(),
    reasons: new Map(),
    invitations: new Map(),
    google: new Map(),
    forgotten: { nonces: 0, revocations: 0 },
    events: [],
    log: { times: [], forgotten: 0 },
  };
}

/** Appends an event to the audit log. */
export function record(state: State, event: ExpectedEvent): void {
  state.events.push(event);
  state.log.times.push(event.at);
}
