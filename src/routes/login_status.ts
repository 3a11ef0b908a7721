import { Elysia } from "elysia";

import { NO_STORE, noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser, requireMember } from "../session/current_user.ts";
import { requirePageSession } from "../session/page_session.ts";
import { isSessionAlive, type SignedIn } from "../session/read_session.ts";

/** Less than ten seconds, after which Bun closes an idle connection. */
const HEARTBEAT_MS = 5000;
const HEARTBEAT = ": still here\n\n";
const CHANGED = "event: LoginStatusChange\ndata: {}\n\n";

/** The login status, once or as a stream. Neither keeps a session alive. */
export function loginStatusRoutes(app: AppContext) {
  return new Elysia()
    .use(currentUser(app, { background: true }))
    .get(PATHS.isAuthenticated, ({ signedIn, request, set }) => {
      noStore(set);
      if (signedIn) requirePageSession(request, signedIn);
      requireMember(signedIn);
      return { message: "Authenticated" };
    })
    .get(PATHS.events, ({ signedIn, request }) => {
      if (!signedIn) return new Response(null, { status: 204, headers: NO_STORE });
      const body = request.method === "HEAD" ? null : follow(signedIn, { app, request });
      // Without this header, a proxy that buffers responses (nginx) holds the events back.
      const stream = { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" };
      return new Response(body, { headers: { ...NO_STORE, ...stream } });
    });
}

/**
 * Server-sent events: one event for each change of the user's login status, and comments as heartbeats. Each
 * time, the session is read again. When it has ended, the stream sends the event and closes.
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
      const send = async (text: string) => {
        const isOver = !(await isSessionAlive(app, { sessionId, request }));
        if (isOpen) controller.enqueue(isOver ? CHANGED : text);
        if (isOver) end();
      };
      const stopHeartbeat = app.every(HEARTBEAT_MS, () => void send(HEARTBEAT).catch(end));
      const unsubscribe = app.loginEvents.subscribe(user.id, (change) => {
        if (change === "changed") void send(CHANGED).catch(end);
        else end();
      });
      stop = () => {
        isOpen = false;
        stopHeartbeat();
        unsubscribe();
      };
      request.signal.addEventListener("abort", stop);
      controller.enqueue("retry: 1000\n\n");
    },
    cancel: () => stop(),
  });
}
