import type { JSONWebKeySet } from "jose";

/** What the floor is to answer, read off the real binary's answers, so that the two never drift apart. */
export interface FloorPlan {
  port: number;
  databasePath: string;
  clientId: string;
  keys: JSONWebKeySet;
  sessionLifetimeMs: number;
  sessionMaxAgeMs: number;
  page: PageVersion[];
  assets: ({ path: string } & ReadyAnswer)[];
  /** The body's texts around the session, the picture, the name twice, and the address. */
  navbar: {
    headers: Record<string, string>;
    texts: [string, string, string, string, string, string];
  };
  /** The fragment that mixed load reads beside the navigation bar. */
  content: { path: string; headers: Record<string, string>; body: string };
  /** The cookie's texts around its value. */
  signIn: { headers: Record<string, string>; cookie: [string, string] };
  signOut: { headers: Record<string, string> };
}

/** The content encodings of an answer, the best first. */
export const ENCODINGS = ["br", "gzip", "identity"] as const;
/** The languages of a page, the default one first. */
export const LANGUAGES = ["en", "de"] as const;

/** An answer that is sent as it is. */
export interface ReadyAnswer {
  encoding: (typeof ENCODINGS)[number];
  headers: Record<string, string>;
  /** In base64. */
  body: string;
}

/** The page in one language, with or without a session cookie. */
export interface PageVersion extends ReadyAnswer {
  language: (typeof LANGUAGES)[number];
  hasSession: boolean;
}

/** The tables of the floor's own, which the navigation bar is read from. */
export const OWN_TABLES = `
  create table floor_users (id text primary key, email text not null, name text not null,
    picture text not null, disabled_at integer) without rowid;
  create table floor_sessions (hash text primary key, id text not null, user_id text not null,
    ends_at integer not null) without rowid;
  insert into floor_users select id, email, name, picture, disabled_at from users;
  insert into floor_sessions select t.hash, s.id, s.user_id, s.expires_at
    from session_tokens t join sessions s on s.id = t.session_id`;
