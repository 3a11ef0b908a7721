import { Elysia } from "elysia";

import { NO_STORE, noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser, requireMember } from "../session/current_user.ts";
import { requirePageSession } from "../session/page_session.ts";
import { isSessionAlive, type SignedIn } from "../session/read_session.ts";

const OPENED = "retry: 1000\n\n";
const HEARTBEAT = ": still here\n\n";
const CHANGED = "event: LoginStatusChange\ndata: {}\n\n";

/** For a stream whose place a newer one took: with more tabs than places, none should come back at once. */
const REPLACED = "retry: 60000\n\n";

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
 * Server-sent events: one event for each change of the user's login status, and comments as heartbeats. When the
 * session has ended, the stream sends the event and closes.
 */
function follow(
  { user, sessionId }: SignedIn,
  { app, request }: { app: AppContext; request: Request },
): ReadableStream<string> {
  let leave = () => {};
  return new ReadableStream({
    start(controller) {
      const left = app.loginEvents.follow({
        userId: user.id,
        sessionId,
        isAlive: () => isSessionAlive(app, { sessionId, request }),
        tell: (news) => controller.enqueue(news === "changed" ? CHANGED : HEARTBEAT),
        end(why) {
          if (why === "ended") controller.enqueue(CHANGED);
          if (why === "replaced") controller.enqueue(REPLACED);
          controller.close();
        },
      });
      controller.enqueue(left ? OPENED : comeBackLater(app));
      if (!left) return controller.close();
      leave = left;
      request.signal.addEventListener("abort", leave);
    },
    cancel: () => leave(),
  });
}

/**
 * For a stream that has no room: after 20 to 40 seconds the browser opens another by itself. A refusal would make it
 * give up, and our script ask again sooner.
 */
function comeBackLater({ random }: AppContext): string {
  const [byte = 0] = random.bytes(1);
  return `retry: ${20_000 + byte * 80}\n\n`;
}
