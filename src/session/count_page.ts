import { hashToken } from "../auth/token.ts";
import { sessionCookie } from "../http/cookies.ts";
import type { AppContext } from "./app_context.ts";
import { readToken } from "./read_token.ts";

/**
 * Counts the request for a page, and sends it. Beyond the limits only the holder of a session gets one, and others
 * `too_many_requests`. Ordinarily nothing is awaited: a promise would cost as much as the page.
 */
export function countPage<Answer>(
  { config, limits, store }: Pick<AppContext, "config" | "limits" | "store">,
  { request, send }: { request: Request; send: () => Answer },
): Answer | Promise<Awaited<Answer>> {
  const refusal = limits.refusalOf("page", request);
  if (!refusal) return send();
  const token = readToken(request, sessionCookie(config.origin).name);
  if (token === null) throw refusal;
  return store.findSession(hashToken(token)).then((session) => {
    if (!session) throw refusal;
    return send() as Awaited<Answer>;
  });
}
