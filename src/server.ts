import type { AppStore } from "../db/contract/app_store.ts";
import { type AppOptions, createApp } from "./app.ts";
import { createGoogleKeys } from "./auth/google_keys.ts";
import type { Config } from "./config.ts";
import { describeNetwork } from "./http/client_network.ts";
import { createLoginEvents } from "./session/login_events.ts";
import { createRefusalCounts } from "./session/refusal_counts.ts";

const NO_ADDRESS = "this name has no address here; set HOST=127.0.0.1";

/** What the operator can do, by the system's code. */
const REASONS: Record<string, string> = {
  EADDRINUSE: "the port is taken; set PORT to another",
  EACCES: "this port needs more rights; set PORT to another",
  EAGAIN: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EADDRNOTAVAIL: "this machine has no such address; set HOST to another",
};

/** The place to listen at cannot be had; the message says why, for the operator. */
export class ListenError extends Error {
  override readonly name = "ListenError";

  constructor({ host, port, cause }: { host: string; port: number; cause: unknown }) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const reason = REASONS[code] ?? code;
    super(`Foyer cannot listen on ${host}:${port}: ${reason}`, { cause });
  }
}

/** A running application. */
export interface RunningServer {
  /** Lets requests in flight finish, for ten seconds at most, then closes everything. */
  stop(): Promise<void>;
}

/** What a server is started with; the clock is the machine's. */
export interface ServerOptions extends Pick<AppOptions, "assets" | "log" | "pages"> {
  config: Config;
  store: AppStore;
}

const SWEEP_EVERY_MS = 60_000;
const PATIENCE_MS = 10_000;

/** Listens at `config.host` and `config.port`. Throws `ListenError` if that place cannot be had. */
export function startServer({ config, store, pages, assets, log }: ServerOptions): RunningServer {
  const now = Date.now;
  const loginEvents = createLoginEvents();
  const googleKeys = createGoogleKeys({ url: config.googleJwksUrl, now });
  const refusals = createRefusalCounts({ store, now, log });
  /** Requests under another address, with those that the server knows. */
  const received = new WeakMap<Request, Request>();
  const app = createApp({
    config,
    store,
    pages,
    googleKeys,
    assets,
    loginEvents,
    refusals,
    log,
    now,
    networkOf,
  });
  const server = listen(config, (request) => {
    const own = withOwnUrl(request, config.origin);
    if (!own) return new Response(null, { status: 400 });
    if (own !== request) received.set(own, request);
    return app.fetch(own);
  });
  const sweeper = setInterval(() => void sweep(), SWEEP_EVERY_MS);

  function networkOf(request: Request): string {
    return describeNetwork({
      peer: server.requestIP(received.get(request) ?? request)?.address ?? null,
      forwardedFor: request.headers.get("x-forwarded-for"),
      isBehindProxy: config.origin.startsWith("https:"),
    });
  }

  async function sweep(): Promise<void> {
    try {
      await refusals.flush();
      await store.deleteExpired(now());
      await store.pruneAudit(now() - config.auditRetentionMs);
    } catch (error) {
      log("error", "sweep_failed", { cause: String(error) });
    }
  }

  return {
    async stop() {
      clearInterval(sweeper);
      // An open event stream would hold the server for ever.
      loginEvents.close();
      await Promise.race([server.stop(), Bun.sleep(PATIENCE_MS)]);
      await server.stop(true);
      await refusals.flush();
      store.close();
    },
  };
}

function listen({ port, host }: Config, fetch: (request: Request) => Response | Promise<Response>) {
  try {
    // Bun's own error pages show code, and a second process must not share the port in silence.
    return Bun.serve({ port, hostname: host, development: false, reusePort: false, fetch });
  } catch (cause) {
    throw new ListenError({ host, port, cause });
  }
}

/** What nearly every request has: a host of at least four plain characters, and a port that there can be. */
const ORDINARY_URL = /^https?:\/\/[\w.-]{4,}(?::\d{1,4}|:[1-5]\d{4})?\//;

/**
 * The request under an address that can be read, whatever its `Host` says, or `null` if its path cannot.
 * Elysia looks for the path behind the eleventh character, which a short host name does not reach.
 */
function withOwnUrl(request: Request, origin: string): Request | null {
  if (ORDINARY_URL.test(request.url)) return request;
  const url = URL.parse(request.url, origin);
  if (!url) return null;
  const own = new URL(origin);
  own.pathname = url.pathname;
  own.search = url.search;
  return new Request(own, request);
}
