import { Database } from "bun:sqlite";

import { createRemoteJWKSet, jwtVerify } from "jose";

import type { PeerPlan } from "./plan.ts";

/** Somebody who is signed in. */
export interface Person {
  name: string;
  email: string;
  picture: string;
}

const LIFETIME_S = 604_800;

/** How long a cookie is kept, and who gets it. */
export const COOKIE = { httpOnly: true, sameSite: "lax", path: "/", maxAge: LIFETIME_S } as const;

export const plan: PeerPlan = await Bun.file(process.argv[2] ?? "").json();
const database = new Database(plan.databasePath, { strict: true });
database.run("PRAGMA journal_mode = WAL");
// As Foyer: who is signed in stays so after a power cut.
database.run("PRAGMA synchronous = FULL");

const find = database.query<Person, [string, number]>(
  `select name, email, picture from users where id = (select user_id from sessions where hash = ?1 and expires_at > ?2)`,
);
const saveUser = database.query<{ id: string }, [string, string, string, string, string]>(
  `insert into users (id, sub, email, name, picture) values (?1, ?2, ?3, ?4, ?5)
   on conflict (sub) do update set email = excluded.email, name = excluded.name, picture = excluded.picture
   returning id`,
);
const saveSession = database.query(
  "insert into sessions (hash, user_id, expires_at) values (?1, ?2, ?3)",
);
const keys = createRemoteJWKSet(new URL(plan.jwksUrl));

/** The person of a session cookie, or `null`. */
export function findPerson(token: string | undefined): Person | null {
  return token === undefined ? null : find.get(hash(token), Date.now());
}

/** Begins a session with an ID token, and returns the cookie's value and the person's name. */
export async function signIn(credential: string): Promise<{ token: string; name: string }> {
  const { payload } = await jwtVerify<Person & { sub: string }>(credential, keys, {
    issuer: ["https://accounts.google.com", "accounts.google.com"],
    audience: plan.clientId,
  });
  const { sub, email, name, picture } = payload;
  const token = crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: "base64url" });
  database.transaction(() => {
    const user = saveUser.get(crypto.randomUUID(), sub, email, name, picture);
    saveSession.run(hash(token), user?.id ?? "", Date.now() + LIFETIME_S * 1000);
  })();
  return { token, name };
}

function hash(token: string): string {
  return Bun.SHA256.hash(token, "base64url");
}
