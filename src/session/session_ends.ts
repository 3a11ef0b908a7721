import { hashToken } from "../auth/token.ts";
import { isDatabaseError } from "../errors.ts";
import { sessionCookie } from "../http/cookies.ts";
import type { SessionEnds } from "../http/error_pages.tsx";
import type { AppContext } from "./app_context.ts";
import { readToken } from "./read_token.ts";

/** Reads the reasons that the store keeps for a day. A database that fails gives none, as the refusal goes out anyway. */
export function createSessionEnds({
  config,
  store,
  now,
  logOf,
}: Pick<AppContext, "config" | "store" | "now" | "logOf">): SessionEnds {
  const { name } = sessionCookie(config.origin);

  async function attempt<T>(
    request: Request,
    act: (tokenHash: string) => Promise<T>,
  ): Promise<T | null> {
    const token = readToken(request, name);
    if (token === null) return null;
    try {
      return await act(hashToken(token));
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      logOf(request)("warn", "session_end_not_told", { cause: error.message });
      return null;
    }
  }

  return {
    find: (request) =>
      attempt(request, (tokenHash) => store.findSessionEnd({ tokenHash, now: now() })),
    async forget(request) {
      await attempt(request, (tokenHash) => store.forgetSessionEnd(tokenHash));
    },
  };
}
