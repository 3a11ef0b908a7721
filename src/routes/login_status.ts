import { Elysia } from "elysia";

import { EVENT_STREAM, NO_STORE, noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser, requireMember } from "../session/current_user.ts";
import { requirePageSession } from "../session/page_session.ts";
import { isSessionAlive } from "../session/read_session.ts";
import type { SignedIn } from "../session/signed_in.ts";

const OPENED = "retry: 1000\n\n";
const HEARTBEAT = ": still here\n\n";
const CHANGED = "event: LoginStatusChange\ndata: {}\n\n";

/**
 * When streams come back after a restart, in milliseconds: not before it is over, and not all at once, as each of them
 * reads its session.
 */
const BACK = { least: 500, spread: 4000 };

/** When streams come back that found no room. */
const LATER = { least: 20_000, spread: 20_000 };

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
      if (request.method === "HEAD") return new Response(null, { headers: EVENT_STREAM });
      app.keepOpen(request);
      const body = follow(signedIn, { app, request });
      return body ? new Response(body, { headers: EVENT_STREAM }) : comeBackLater(app);
    });
}

/**
 * Server-sent events: one event for each change of the user's login status, and comments as heartbeats. When the
 * session has ended, the stream sends the event and closes. `null` if there is no room for another stream.
 */
function follow(
  { user, sessionId, provedUntil }: SignedIn,
  { app, request }: { app: AppContext; request: Request },
): ReadableStream<string> | null {
  const place: { leave: (() => void) | null } = { leave: null };
  let beats = 0;
  const body = new ReadableStream<string>({
    start(controller) {
      place.leave = app.loginEvents.follow({
        userId: user.id,
        sessionId,
        isAlive: (found) => isSessionAlive(app, { found, request }),
        isProved: () => provedUntil === null || app.now() < provedUntil,
        tell(news) {
          if (news === "changed") return controller.enqueue(CHANGED);
          // To send takes longer than to read. Proxies wait ten seconds.
          beats += 1;
          if (beats % 2 === 0) controller.enqueue(HEARTBEAT);
        },
        end(why) {
          if (why === "ended") controller.enqueue(CHANGED);
          if (why === "replaced") controller.enqueue(REPLACED);
          if (why === "closing") controller.enqueue(comeBack(app, BACK));
          controller.close();
        },
      });
      controller.enqueue(OPENED);
      request.signal.addEventListener("abort", () => place.leave?.());
    },
    cancel: () => place.leave?.(),
  });
  return place.leave && body;
}

/**
 * For a stream that has no room: after 20 to 40 seconds the browser opens another by itself. A refusal would make it
 * give up, and our script ask again sooner. Closes the connection, as descriptors may be what is short.
 */
function comeBackLater(app: AppContext): Response {
  const headers = { ...EVENT_STREAM, Connection: "close" };
  return new Response(comeBack(app, LATER), { headers });
}

/** Tells the browser when to open another stream: a random time, so that not all come at once. */
function comeBack({ random }: AppContext, { least, spread }: { least: number; spread: number }) {
  const [byte = 0] = random.bytes(1);
  return `retry: ${least + Math.round((byte / 255) * spread)}\n\n`;
}
