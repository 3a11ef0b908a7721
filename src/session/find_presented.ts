import type { SessionRecord } from "../../db/contract/session.ts";
import { isUnproved } from "../auth/session_policy.ts";
import { hashToken } from "../auth/token.ts";
import { boundCookie, sessionCookie } from "../http/cookies.ts";
import type { AppContext } from "./app_context.ts";
import { readToken } from "./read_token.ts";
import { type Soon, whenKnown } from "./when_known.ts";

/** A session as its cookies present it, not judged yet. */
export interface Presented {
  session: SessionRecord;
  token: string;
  /** The hash of the token that was presented. */
  tokenHash: string;
}

/** Finds the session of a request's cookies. */
export function findPresented(
  { config, store }: Pick<AppContext, "config" | "store">,
  request: Request,
): Soon<Presented | null> {
  const token = readToken(request, sessionCookie(config.origin).name);
  if (token === null) return null;
  // Browsers send it over https only.
  const bound = config.origin.startsWith("https:") ? readToken(request, boundCookie().name) : null;
  const tokenHash = hashToken(token);
  const found = store.findSession(tokenHash, bound && hashToken(bound));
  return whenKnown(found, (session) => session && { session, token, tokenHash });
}

/** The session that a sign-in replaces. Who has a copy of its cookie, and not its device, does not end it. */
export async function findReplaced(app: AppContext, request: Request): Promise<string | null> {
  const presented = await findPresented(app, request);
  return presented && !isUnproved(presented.session, app.now()) ? presented.token : null;
}
