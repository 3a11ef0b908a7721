import type { SessionEnd } from "../../../db/contract/session_end.ts";
import type { RefusalCode } from "../../../src/errors.ts";
import type { Credential, SecurityEvent } from "../google.ts";
import type { State } from "./state.ts";

/** The settings that the model knows. Times are in milliseconds. */
export interface Settings {
  maxAgeMs: number;
  lifetimeMs: number;
  auditRetentionMs: number;
  adminEmail: string;
  signUp: "open" | "closed";
  /** The only addresses and domains (`@…`) that may come in; `null`: all. */
  allowed: readonly string[] | null;
  /** Whether sessions are bound to devices, and how long a bound cookie lasts. */
  binds: boolean;
  boundAgeMs: number;
}

/** An act of an administrator on a person. */
export type PersonActName =
  "disable" | "enable" | "add_admin" | "remove_admin" | "end_sessions" | "delete";

/** The protected application of members, or of administrators. */
export type SiteName = "members" | "admins";

/** What a request wants; the server itself cleans up once a minute. */
export type Wish = RequestWish | { kind: "sweep" };

/** What somebody wants. */
export type RequestWish =
  /** A page for members, the login status, or the navigation bar. */
  | { kind: "look" | "status" | "navbar" }
  /** A visit to a protected application, and the way in to it. */
  | { kind: "visit" | "enter"; site: SiteName }
  /** The way to Google by a link. */
  | { kind: "go" }
  /** By our script, by a form of Google's, or by a form that the link led to. */
  | { kind: "sign_in"; credential: Credential; way: "post" | "form" | "link"; state: string }
  | { kind: "sign_out" }
  /** Acts on one's own account. */
  | { kind: "end_session"; sessionId: string }
  | { kind: "end_sessions"; areOthersOnly: boolean }
  | { kind: "delete_account" }
  /** Acts of administrators. */
  | { kind: "person_act"; act: PersonActName; personId: string }
  | { kind: "invite" | "revoke_invitation"; email: string }
  /** Google's security events. */
  | { kind: "event"; event: SecurityEvent }
  /** A browser binds its session to its key, or proves the key: `token` is the proof, `null` asks for a challenge. */
  | { kind: "bind"; key: string; challenge: string | null; token: string }
  | {
      kind: "refresh";
      sessionId: string;
      key: string;
      challenge: string | null;
      token: string | null;
    };

/** What a device is to sign. `at`: when it was made, in milliseconds since 1970. */
export interface Challenge {
  sessionId: string;
  purpose: "register" | "refresh";
  at: number;
}

/** A nonce, as the page of a browser with this sign-in cookie got it. */
export interface Nonce {
  signInToken: string;
  madeAt: number;
}

/** A request as the model sees it. */
export interface Ask {
  wish: Wish;
  /** When it is judged, in milliseconds since 1970. */
  now: number;
  /** The values of the session's cookie and of the sign-in cookie. */
  token: string | null;
  signInToken: string | null;
  /** The value of the cookie for protected applications. */
  access: string | null;
  /** The value of the bound cookie. */
  bound: string | null;
  /** The challenge that is signed; `null` if no browser got it. */
  challenge: Challenge | null;
  /** Whether a fault of a device is looked up in the log; `null`: it may be too soon after another. */
  isNoted: boolean | null;
  /** The session that the page was drawn for; `null` if the request does not say. */
  namedSession: string | null;
  isBackground: boolean;
  /** Whether another site sends it. */
  isCrossSite: boolean;
  /** Whether this browser was sent to Google with the state that comes back. */
  isOwnState: boolean;
  /** Where the nonce in the token of a sign-in comes from; `null` if no page got it. */
  nonce: Nonce | null;
  /** Whether the process knows the key of a Google token; `null`: it learned or forgot it meanwhile. */
  isKeyKnown: boolean | null;
  /** Whether it was let in, and lost its right before it took effect; `null`: that is open. */
  isLate: boolean | null;
  /** The random names in the answer: the model cannot know them before. */
  given: Given;
}

/** New cookie values, and the session and person they belong to. */
export interface Given {
  bound: string | null;
  access: string | null;
  token: string | null;
  sessionId: string | null;
  personId: string | null;
}

/** What must come back. */
export interface Answer {
  status: number;
  code?: RefusalCode;
  /** Why the session ended, where an answer says so; `null`: it must not. */
  reason?: SessionEnd | null;
  /** Whether 503 `keys_unavailable` is right, too. */
  mayBeUnavailable?: boolean;
  /** What happens to the session's cookie. */
  cookie: "kept" | "given" | "cleared";
  /** Whether the cookie for protected applications is given, where an answer may do that. */
  isAccessGiven?: boolean;
  /** Whether the bound cookie is given. */
  isBoundGiven?: boolean;
  /** Whose page it is, in a good answer that says so. */
  personId?: string;
}

/** The rules' view of a request: all they need to decide it. */
export interface Context {
  state: State;
  settings: Settings;
  ask: Ask;
  /** The next cookie value that an answer of this moment carries, by session. */
  nextTokens: ReadonlyMap<string | null, string | null>;
  /** Makes one change of what is stored, completely or not at all. */
  change: (act: () => void) => void;
}

/** A refusal. */
export function refuse(status: number, code: RefusalCode): Answer {
  return { status, code, cookie: "kept" };
}
