import type { SessionRecord } from "../../db/contract/session.ts";
import { isDatabaseError } from "../errors.ts";
import { SKIP_REASONS } from "../http/counts.ts";
import type { AppContext } from "./app_context.ts";
import { auditContextOf } from "./audit_context.ts";

/**
 * Takes note of a request of a bound session whose device is not proved. It is nobody's: it changes nothing of the
 * session. The audit log has it once an hour, unless it is a link from another site.
 */
export async function noteUnproved(
  app: AppContext,
  { session, request }: { session: SessionRecord; request: Request },
): Promise<void> {
  const { id: sessionId, user } = session;
  const skipped = readSkipReason(request);
  app.unproved.add(request);
  app.counts.countBinding("missing");
  if (skipped) app.counts.countSkipped(skipped);
  if (isLinkFromElsewhere(request)) return;
  await recordFault(app, { kind: "binding_missing", sessionId, userId: user.id, request, skipped });
}

/**
 * Whether the request follows a link from another site, for which browsers prove no device. A thief can pretend that, and
 * is counted alone then.
 */
function isLinkFromElsewhere({ method, headers }: Request): boolean {
  const isElsewhere = ["cross-site", "same-site"].includes(headers.get("sec-fetch-site") ?? "");
  return method === "GET" && isElsewhere && headers.get("sec-fetch-mode") === "navigate";
}

/**
 * Whether the browser says that it could not ask for the next bound token, or that we failed. An open page must not be
 * told that nobody is signed in: it keeps what it shows, and asks again.
 */
export function isHeldUp(request: Request): boolean {
  return ["server_error", "unreachable"].includes(readSkipReason(request) ?? "");
}

interface Fault {
  kind: "binding_missing" | "binding_refused";
  sessionId: string;
  userId: string;
  request: Request;
  /** What goes into the log beside. */
  skipped?: string | null;
  why?: string;
}

/** Records a fault once an hour, if the database can: the request is answered all the same. */
export async function recordFault(
  app: AppContext,
  { kind, sessionId, userId, request, ...facts }: Fault,
): Promise<void> {
  // Each look at the audit log waits for the write lock.
  if (!app.limits.isFirstInMinute(`${kind} ${sessionId}`)) return;
  const log = app.logOf(request);
  const audit = auditContextOf(request, { app, actorId: null });
  try {
    const isNew = await app.store.recordBindingFault({ kind, sessionId, userId }, audit);
    if (isNew) log("warn", kind, { session: sessionId, user: userId, ...facts });
  } catch (error) {
    if (!isDatabaseError(error)) throw error;
    log("error", "fault_not_recorded", { session: sessionId, kind, cause: error.message });
  }
}

/**
 * Why the browser says that it did not ask for a new bound token first. Anybody can send it, so it lets nobody in.
 *
 * @see https://w3c.github.io/webappsec-dbsc/#secure-session-skipped
 */
function readSkipReason({ headers }: Request) {
  const value = headers.get("secure-session-skipped");
  if (value === null) return null;
  return SKIP_REASONS.find((reason) => value.startsWith(`${reason};`)) ?? "other";
}
