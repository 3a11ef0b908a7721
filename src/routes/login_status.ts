import { Elysia } from "elysia";

import { PATHS } from "../paths.ts";
import {
  currentUser,
  type CurrentUserDependencies,
  requireMember,
  type SignedIn,
} from "../plugins/current_user.ts";

/** Bun closes a connection that is idle for ten seconds. */
const HEARTBEAT_MS = 5000;
const CHANGED = "event: LoginStatusChange\ndata: {}\n\n";

/** Asking for the login status, and following it; neither keeps a session alive. */
export function loginStatusRoutes(deps: CurrentUserDependencies) {
  return new Elysia()
    .use(currentUser(deps, { background: true }))
    .get(PATHS.isAuthenticated, ({ signedIn, set }) => {
      set.headers["cache-control"] = "no-store";
      set.headers.vary = "Cookie";
      requireMember(signedIn);
      return { message: "Authenticated" };
    })
    .get(PATHS.events, ({ signedIn, request }) => {
      if (!signedIn)
        return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
      return new Response(follow(signedIn, { deps, signal: request.signal }), {
        headers: {
          "Content-Type": "text/event-stream",
          "Cache-Control": "no-store",
          Vary: "Cookie",
        },
      });
    });
}

/** Server-sent events: one for each change of the user's login status, and comments to keep the line open. */
function follow(
  { user }: SignedIn,
  { deps, signal }: { deps: CurrentUserDependencies; signal: AbortSignal },
): ReadableStream<string> {
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const heartbeat = setInterval(() => controller.enqueue(": still here\n\n"), HEARTBEAT_MS);
      const unsubscribe = deps.loginEvents.subscribe(user.id, (change) => {
        if (change === "changed") return controller.enqueue(CHANGED);
        stop();
        controller.close();
      });
      stop = () => {
        clearInterval(heartbeat);
        unsubscribe();
      };
      signal.addEventListener("abort", stop);
      controller.enqueue("retry: 1000\n\n");
    },
    cancel: () => stop(),
  });
}
