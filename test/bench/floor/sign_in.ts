import type { Database } from "bun:sqlite";
import { timingSafeEqual } from "node:crypto";

import { hash, readCookie } from "./cookie.ts";
import { createVerifier } from "./id_token.ts";
import type { FloorPlan } from "./plan.ts";
import { auditLog, insertion } from "./rows.ts";

/** Signs in: verifies the token, and writes the same rows as Foyer with one durable commit. */
export function signIn(plan: FloorPlan, database: Database) {
  const verify = createVerifier(plan);
  const record = auditLog(database);
  const useNonce = insertion(database, "used_nonces", {
    columns: ["hash", "expires_at"],
    then: "on conflict do nothing",
  });
  const saveUser = database.query<{ id: string; disabled_at: number | null }, (string | number)[]>(
    `insert into users (id, sub, email, email_verified, name, picture, created_at, signed_in_at)
     values (?1, ?2, ?3, true, ?4, ?5, ?6, ?6)
     on conflict (sub) do update set email = excluded.email, name = excluded.name,
       picture = excluded.picture, signed_in_at = excluded.signed_in_at
     returning id, disabled_at`,
  );
  const saveSession = insertion(database, "sessions", {
    columns: [
      ...["id", "user_id", "created_at", "token_issued_at", "last_seen_at", "expires_at"],
      ...["ends_at", "generation", "renewed_at", "user_agent", "network"],
    ],
  });
  const saveToken = insertion(database, "session_tokens", {
    columns: ["hash", "session_id", "generation", "issued_at"],
  });
  const begin = database.transaction((claims: Claims, token: string, userAgent: string) => {
    const { sub, email, name, picture, exp, iat } = claims;
    const now = Date.now();
    const nonce = { hash: hash(claims.nonce), expires_at: exp * 1000 };
    if (useNonce.run(nonce) === 0) throw new Error("used");
    const user = saveUser.get(crypto.randomUUID(), sub, email, name, picture, now);
    if (!user || user.disabled_at !== null) throw new Error("disabled");
    const id = crypto.randomUUID();
    const ends = { expires_at: now + plan.sessionLifetimeMs, ends_at: now + plan.sessionMaxAgeMs };
    const times = { created_at: now, last_seen_at: now, renewed_at: now, ...ends };
    const from = { user_agent: userAgent, network: "this machine", token_issued_at: iat * 1000 };
    saveSession.run({ id, user_id: user.id, generation: 0, ...times, ...from });
    saveToken.run({ hash: hash(token), session_id: id, generation: 0, issued_at: now });
    record("signed_in", { userId: user.id, name, email, userAgent });
  });
  const [beforeValue, afterValue] = plan.signIn.cookie;

  return async (request: Request): Promise<Response> => {
    const form = new URLSearchParams(await request.text());
    const claims = verify(form.get("credential") ?? "");
    const browser = readCookie(request.headers.get("cookie") ?? "", "sign_in");
    if (!claims || !isNonceOf(browser, claims.nonce)) return new Response(null, { status: 401 });
    const token = crypto.getRandomValues(Buffer.alloc(32)).toString("base64url");
    begin.immediate(claims, token, request.headers.get("user-agent") ?? "");
    const headers = {
      ...plan.signIn.headers,
      "set-cookie": `${beforeValue}${token}${afterValue}`,
    };
    return new Response(JSON.stringify({ Authenticated_as: claims.name }), { headers });
  };
}

type Claims = NonNullable<ReturnType<ReturnType<typeof createVerifier>>>;

/** Whether `nonce` is `salt.HMAC-SHA256(cookie, salt)` and has not expired. */
function isNonceOf(cookie: string, nonce: string): boolean {
  const [salt, mac] = nonce.split(".").map((part) => Buffer.from(part, "base64url"));
  if (!salt || mac?.length !== 32 || salt.readBigUint64BE() <= BigInt(Date.now())) return false;
  return timingSafeEqual(mac, new Bun.CryptoHasher("sha256", cookie).update(salt).digest());
}
