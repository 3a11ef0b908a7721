import type { Database } from "bun:sqlite";

import { hash, readCookie } from "./cookie.ts";
import type { FloorPlan } from "./plan.ts";
import { auditLog } from "./rows.ts";

interface Ended {
  userId: string;
  name: string;
  email: string;
}

/** Signs out: ends the session and records it, with one durable commit. */
export function signOut(plan: FloorPlan, database: Database) {
  const record = auditLog(database);
  const find = database.query<{ id: string } & Ended, [string]>(
    `select found.id, user_id as userId, name, email
     from users, (select id, user_id from sessions
       where id = (select session_id from session_tokens where hash = +?1)) found
     where users.id = found.user_id`,
  );
  const end = database.query("delete from sessions where id = +?1");
  const endWith = database.transaction((token: string, userAgent: string) => {
    const found = find.get(hash(token));
    if (!found) return;
    end.run(found.id);
    record("signed_out", { ...found, userAgent });
  });
  const headers = new Headers(plan.signOut.headers);
  return (request: Request): Response => {
    const token = readCookie(request.headers.get("cookie") ?? "", "session_id");
    endWith.immediate(token, request.headers.get("user-agent") ?? "");
    return new Response("", { headers });
  };
}
