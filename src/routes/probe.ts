import { Elysia } from "elysia";

import { type ClientSource, sourceOf } from "../http/client_address.ts";
import { EVENT_STREAM, noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";

/** How long a probe's stream lasts: long enough to see whether a proxy holds its beginning back. */
const STREAM_MS = 400;

/**
 * What `foyer doctor` asks through the public origin, and how the requests that it sent there looked from here. The
 * first says nothing about anybody, and the shipped proxies keep the second to this machine.
 */
export function probeRoutes(app: AppContext) {
  const counts: Record<ClientSource, number> = {
    header: 0,
    connection: 0,
    missing: 0,
    not_trusted: 0,
  };
  const trusted = app.config.trustedProxies;
  return new Elysia()
    .get(PATHS.probe, ({ request }) => {
      app.limits.count("page", request);
      counts[sourceOf(app.connectionOf(request), { trusted })] += 1;
      return new Response(createStream(app), {
        headers: { ...EVENT_STREAM, ...bindingHeaders(request) },
      });
    })
    .get(PATHS.probes, ({ set }) => {
      noStore(set);
      return counts;
    });
}

/**
 * The headers by which a session is bound to its device, if those of a browser got here. No page can send them, and what
 * they say here binds nothing.
 */
function bindingHeaders({ headers }: Request): Record<string, string> {
  const hasCome = headers.has("sec-secure-session-id") && headers.has("secure-session-response");
  return hasCome
    ? { "Secure-Session-Registration": "probe", "Secure-Session-Challenge": "probe" }
    : {};
}

/** A stream of two comments. */
function createStream({ every }: Pick<AppContext, "every">): ReadableStream<string> {
  let stop = () => {};
  return new ReadableStream<string>({
    start(controller) {
      controller.enqueue(": the beginning\n\n");
      stop = every(STREAM_MS, () => {
        stop();
        controller.enqueue(": the end\n\n");
        controller.close();
      });
    },
    cancel: () => stop(),
  });
}
