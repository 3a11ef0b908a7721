/**
 * Why Foyer ended a session: nobody used it (`idle`), its lifetime is over (`too_old`), its owner ended it from
 * another device (`elsewhere`), an administrator did (`admin`), Google asked for it (`google`), the rules of admission
 * no longer allow it (`policy`), or an old copy of its token was used (`suspicion`).
 */
export type SessionEnd =
  "idle" | "too_old" | "elsewhere" | "admin" | "google" | "policy" | "suspicion";

/** A token of an ended session, by its hash. `now` is in milliseconds since 1970. */
export interface EndedToken {
  tokenHash: string;
  now: number;
}

/** Why sessions ended, for the browsers that still hold their tokens: kept for at most a day. */
export interface SessionEndStore {
  /** Why the session of a token ended, or `null`. */
  findSessionEnd(token: EndedToken): Promise<SessionEnd | null>;
  /** The person has been told. */
  forgetSessionEnd(tokenHash: string): Promise<void>;
}
