import { Elysia } from "elysia";

import { NO_STORE, noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser, requireMember } from "../session/current_user.ts";
import { requirePageSession } from "../session/page_session.ts";
import { isSessionAlive, type SignedIn } from "../session/read_session.ts";

/** Bun closes a connection that is idle for ten seconds. */
const HEARTBEAT_MS = 5000;
const HEARTBEAT = ": still here\n\n";
const CHANGED = "event: LoginStatusChange\ndata: {}\n\n";

/** Asking for the login status, and following it; neither keeps a session alive. */
export function loginStatusRoutes(app: AppContext) {
  return new Elysia()
    .use(currentUser(app, { background: true }))
    .get(PATHS.isAuthenticated, ({ signedIn, request, set }) => {
      noStore(set);
      if (signedIn) requirePageSession(request, signedIn.sessionId);
      requireMember(signedIn);
      return { message: "Authenticated" };
    })
    .get(PATHS.events, ({ signedIn, request }) => {
      if (!signedIn) return new Response(null, { status: 204, headers: NO_STORE });
      const body = request.method === "HEAD" ? null : follow(signedIn, { app, request });
      // A proxy that gathers answers (nginx) would keep the events to itself.
      const stream = { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" };
      return new Response(body, { headers: { ...NO_STORE, ...stream } });
    });
}

/**
 * Server-sent events: one for each change of the user's login status, and comments to keep the line open.
 * The session is read anew each time; when it has ended the page is told, and the stream ends.
 */
function follow(
  { user, sessionId }: SignedIn,
  { app, request }: { app: AppContext; request: Request },
): ReadableStream<string> {
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      let isOpen = true;
      const end = () => {
        if (isOpen) controller.close();
        stop();
      };
      const tell = async (text: string) => {
        const isOver = !(await isSessionAlive(app, { sessionId, request }));
        if (isOpen) controller.enqueue(isOver ? CHANGED : text);
        if (isOver) end();
      };
      const heartbeat = setInterval(() => void tell(HEARTBEAT).catch(end), HEARTBEAT_MS);
      const unsubscribe = app.loginEvents.subscribe(user.id, (change) => {
        if (change === "changed") void tell(CHANGED).catch(end);
        else end();
      });
      stop = () => {
        isOpen = false;
        clearInterval(heartbeat);
        unsubscribe();
      };
      request.signal.addEventListener("abort", stop);
      controller.enqueue("retry: 1000\n\n");
    },
    cancel: () => stop(),
  });
}
