import type { AuditContext } from "../../db/contract/audit.ts";
import type { AppContext } from "./app_context.ts";

/** A client chooses its user agent, so only this many characters are kept. They are Latin-1, without U+0000. */
const LONGEST_USER_AGENT = 300;

/** Who makes a change by `request`, when, and from where, for the audit log. */
export function auditContextOf(
  request: Request,
  { app, actorId }: { app: Pick<AppContext, "now" | "clientOf">; actorId: string | null },
): AuditContext {
  const userAgent = (request.headers.get("user-agent") ?? "").slice(0, LONGEST_USER_AGENT);
  return { now: app.now(), actorId, network: app.clientOf(request).network, userAgent };
}
