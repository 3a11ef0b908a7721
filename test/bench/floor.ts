import { timingSafeEqual } from "node:crypto";

import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";

import { openDatabaseFile } from "../../db/sqlite/database_file.ts";

/** What the floor is to answer, read off the real binary's answers, so that the two never drift apart. */
export interface FloorPlan {
  port: number;
  databasePath: string;
  clientId: string;
  jwksUrl: string;
  sessionLifetimeMs: number;
  page: { headers: Record<string, string>; body: string };
  /** The body's texts around the session, the picture, the name twice, and the address. */
  navbar: {
    headers: Record<string, string>;
    texts: [string, string, string, string, string, string];
  };
  /** The cookie's texts around its value. */
  signIn: { headers: Record<string, string>; cookie: [string, string] };
}

interface SessionRow {
  id: string;
  user_id: string;
  email: string;
  name: string;
  picture: string;
  disabled_at: number | null;
  ends_at: number;
  superseded_at: number | null;
}

type Claims = Record<"sub" | "email" | "name" | "picture" | "nonce", string> & { exp: number };

const plan: FloorPlan = await Bun.file(process.argv[2] ?? "").json();
const keys = createLocalJWKSet((await (await fetch(plan.jwksUrl)).json()) as JSONWebKeySet);

// With the settings of the application's own connection; from here on it is bare bun:sqlite.
const database = openDatabaseFile(plan.databasePath);
// With `+?1` Bun's SQLite does not plan anew for each bound value.
const findSession = database.query<SessionRow, [string]>(
  `select sessions.id, sessions.user_id, users.email, users.name, users.picture, users.disabled_at,
          sessions.ends_at, session_tokens.superseded_at
   from session_tokens
   join sessions on sessions.id = session_tokens.session_id
   join users on users.id = sessions.user_id
   where session_tokens.hash = +?1`,
);
const spendNonce = database.query(
  "insert into used_nonces (hash, expires_at) values (?1, ?2) on conflict do nothing",
);
const saveUser = database.query<{ id: string; disabled_at: number | null }, (string | number)[]>(
  `insert into users (id, sub, email, email_verified, name, picture, created_at, signed_in_at)
   values (?1, ?2, ?3, true, ?4, ?5, ?6, ?6)
   on conflict (sub) do update set email = excluded.email, name = excluded.name,
     picture = excluded.picture, signed_in_at = excluded.signed_in_at
   returning id, disabled_at`,
);
const saveSession = database.query(
  `insert into sessions
     (id, user_id, created_at, last_seen_at, expires_at, ends_at, generation, renewed_at)
   values (?1, ?2, ?3, ?3, ?4, ?4, 0, ?3)`,
);
const saveValue = database.query(
  "insert into session_tokens (hash, session_id, generation, issued_at) values (?1, ?2, 0, ?3)",
);
const findHead = database.query<{ seq: number; hash: string }, []>(
  "select seq, hash from audit_marks where name = 'head'",
);
const saveEvent = database.query(
  `insert into audit_events (seq, at, kind, actor_id, subject_id, details_hash, hash)
   values (?1, ?2, 'signed_in', ?3, ?3, ?4, ?5)`,
);
const saveDetails = database.query(
  "insert into audit_details (seq, salt, details, email) values (?1, ?2, ?3, ?4)",
);
const saveHead = database.query(
  `insert into audit_marks (name, seq, hash) values ('head', ?1, ?2)
   on conflict (name) do update set seq = excluded.seq, hash = excluded.hash`,
);
const count = database.query(
  `insert into daily_counts (day, code, count) values (?1, 'signed_in', 1)
   on conflict (day, code) do update set count = count + 1`,
);
const begin = database.transaction((claims: Claims, value: string) => {
  const now = Date.now();
  if (spendNonce.run(hash(claims.nonce), claims.exp * 1000).changes === 0) throw new Error("used");
  const { sub, email, name, picture } = claims;
  const user = saveUser.get(crypto.randomUUID(), sub, email, name, picture, now);
  if (!user || user.disabled_at !== null) throw new Error("disabled");
  const sessionId = crypto.randomUUID();
  saveSession.run(sessionId, user.id, now, now + plan.sessionLifetimeMs);
  saveValue.run(hash(value), sessionId, now);
  record(user.id, { name, email }, now);
});

function record(userId: string, details: Pick<Claims, "name" | "email">, now: number): void {
  const head = findHead.get() ?? { seq: 0, hash: "" };
  const seq = head.seq + 1;
  const salt = crypto.getRandomValues(Buffer.alloc(16)).toString("base64url");
  const text = JSON.stringify(details);
  const detailsHash = hash(salt + text);
  const chained = hash(JSON.stringify([head.hash, seq, now, userId, detailsHash]));
  saveEvent.run(seq, now, userId, detailsHash, chained);
  saveDetails.run(seq, salt, text, details.email);
  saveHead.run(seq, chained);
  count.run(new Date(now).toISOString().slice(0, 10));
}

Bun.serve({
  port: plan.port,
  hostname: "127.0.0.1",
  routes: {
    "/healthz": () => new Response("ok"),
    "/spa": () => new Response(plan.page.body, { headers: plan.page.headers }),
    "/auth/auth_navbar": (request) => answerNavbar(request.headers.get("cookie") ?? ""),
    "/auth/login": { POST: (request) => signIn(request) },
  },
});

function answerNavbar(cookies: string): Response {
  const session = findSession.get(hash(readCookie(cookies, "session_id")));
  if (!session || session.disabled_at !== null || session.superseded_at !== null) return refuse();
  if (session.ends_at <= Date.now()) return refuse();
  const [beforeId, beforePicture, beforeName, beforeFull, beforeEmail, rest] = plan.navbar.texts;
  const { id, user_id, ends_at } = session;
  const [email, picture, name] = [session.email, session.picture, session.name].map(Bun.escapeHTML);
  const html = `${beforeId}${id}${beforePicture}${picture}${beforeName}${name}${beforeFull}${name}${beforeEmail}${email}${rest}`;
  const secondsLeft = String(Math.floor((ends_at - Date.now()) / 1000));
  const about = { "x-answered-for": user_id, "x-signed-out-in": secondsLeft };
  return new Response(html, { headers: { ...plan.navbar.headers, ...about } });
}

async function signIn(request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const { payload } = await jwtVerify<Claims>(form.get("credential") ?? "", keys, {
    algorithms: ["RS256"],
    issuer: ["https://accounts.google.com", "accounts.google.com"],
    audience: plan.clientId,
    requiredClaims: ["exp", "iat", "sub", "nonce"],
  });
  const browser = readCookie(request.headers.get("cookie") ?? "", "sign_in");
  if (!isNonceOf(browser, payload.nonce)) return refuse();
  const value = crypto.getRandomValues(Buffer.alloc(32)).toString("base64url");
  begin.immediate(payload, value);
  const [beforeValue, afterValue] = plan.signIn.cookie;
  const headers = { ...plan.signIn.headers, "set-cookie": `${beforeValue}${value}${afterValue}` };
  return new Response(JSON.stringify({ Authenticated_as: payload.name }), { headers });
}

/** Whether `nonce` is `salt.HMAC-SHA256(cookie, salt)` and has not expired. */
function isNonceOf(cookie: string, nonce: string): boolean {
  const [salt, mac] = nonce.split(".").map((part) => Buffer.from(part, "base64url"));
  if (!salt || mac?.length !== 32 || salt.readBigUint64BE() <= BigInt(Date.now())) return false;
  return timingSafeEqual(mac, new Bun.CryptoHasher("sha256", cookie).update(salt).digest());
}

function readCookie(cookies: string, name: string): string {
  const start = `; ${cookies}`.indexOf(`; ${name}=`);
  const end = cookies.indexOf(";", start);
  return start < 0 ? "" : cookies.slice(start + name.length + 1, end < 0 ? undefined : end);
}

function hash(text: string): string {
  return Bun.SHA256.hash(text, "base64url");
}

function refuse(): Response {
  return new Response("Not signed in", { status: 401 });
}
