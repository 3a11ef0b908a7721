import type { AuditContext } from "../../db/contract/audit.ts";
import { RefusedRequest } from "../errors.ts";
import type { AppContext } from "./app_context.ts";
import { auditContextOf } from "./audit_context.ts";
import { requireAdmin, requireMember } from "./current_user.ts";
import type { SignedIn } from "./read_session.ts";

/** Who acts, and what the audit log notes of it. */
export interface Acting {
  actor: SignedIn;
  audit: AuditContext;
}

/** The part of a request's context that says who acts. */
export interface ActContext {
  request: Request;
  signedIn: SignedIn | null;
}

/** A member who changes something, from a page that was drawn for this session. Throws `RefusedRequest`. */
export function requireActingMember(context: ActContext, app: AppContext): Acting {
  return act(requireMember(context.signedIn), context, app);
}

/** An administrator who changes something, from a page that was drawn for this session. Throws `RefusedRequest`. */
export function requireActingAdmin(context: ActContext, app: AppContext): Acting {
  return act(requireAdmin(context.signedIn), context, app);
}

function act(actor: SignedIn, { request }: ActContext, app: AppContext): Acting {
  if (namedSession(request) === null) {
    const detail = "This request does not name the session of its page. Please reload the page.";
    throw new RefusedRequest("signed_in_as_another", { detail });
  }
  requirePageSession(request, actor.sessionId);
  return { actor, audit: auditContextOf(request, { app, actorId: actor.user.id }) };
}

/**
 * Refuses a request from a page that was drawn for another session: somebody else has signed in with this
 * browser since. A request that names no session passes: forms without script cannot send the header.
 * Throws `signed_in_as_another`.
 */
export function requirePageSession(request: Request, sessionId: string): void {
  const named = namedSession(request);
  if (named !== null && named !== sessionId) throw new RefusedRequest("signed_in_as_another");
}

/** The session that the page was drawn for, as its navigation bar named it. */
function namedSession(request: Request): string | null {
  return request.headers.get("x-signed-in-as");
}
