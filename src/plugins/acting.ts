import type { Trace } from "../../db/audit_store.ts";
import { SignInError } from "../errors.ts";
import { requireAdmin, requireMember } from "./current_user.ts";
import type { SessionDependencies, SignedIn } from "./session_reading.ts";
import { traceOf } from "./trace.ts";

/** Who acts, and the trace of it for the record. */
export interface Acting {
  actor: SignedIn;
  trace: Trace;
}

/** The part of a request's context that says who acts. */
export interface ActContext {
  request: Request;
  signedIn: SignedIn | null;
}

/** A member who changes something, by a page that was drawn for this very session. Throws `SignInError`. */
export function requireActingMember(context: ActContext, deps: SessionDependencies): Acting {
  return act(requireMember(context.signedIn), context, deps);
}

/** An administrator who changes something, by a page that was drawn for this very session. Throws `SignInError`. */
export function requireActingAdmin(context: ActContext, deps: SessionDependencies): Acting {
  return act(requireAdmin(context.signedIn), context, deps);
}

function act(actor: SignedIn, { request }: ActContext, deps: SessionDependencies): Acting {
  if (request.headers.get("x-signed-in-as") !== actor.sessionId) {
    throw new SignInError("signed_in_as_another");
  }
  return { actor, trace: traceOf(request, { ...deps, actorId: actor.user.id }) };
}
