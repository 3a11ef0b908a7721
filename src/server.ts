import { type AppOptions, createApp } from "./app.ts";
import { createGoogleKeys } from "./auth/google_keys.ts";
import { JOSE } from "./auth/signed_token.ts";
import type { Config } from "./config.ts";
import { createDescriptorReader, watchDescriptors } from "./descriptors.ts";
import { type Client, createClientReader } from "./http/client_address.ts";
import { logAnswers, observeAnswers } from "./http/observed_answers.ts";
import { REQUEST_ID } from "./http/request_id.ts";
import { createLoginEvents } from "./session/login_events.ts";
import { followOtherProcesses } from "./session/other_processes.ts";
import { createRefusalCounts } from "./session/refusal_counts.ts";
import { startSweeper } from "./sweeper.ts";

const NO_ADDRESS = "this host name has no address on this machine; set HOST=127.0.0.1";

/** The cause and what to do about it, by system error code. */
const REASONS: Record<string, string> = {
  EADDRINUSE: "the port is taken; set PORT to another",
  EACCES: "the process has no permission for this port; set PORT to another",
  EAGAIN: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EADDRNOTAVAIL: "this machine does not have this address; set HOST to another",
};

/** The server cannot listen; the message tells the operator why. */
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
  /** Shuts down: waits up to ten seconds for requests in flight, then closes the server and the store. */
  stop(): Promise<void>;
}

/** What a server gets from outside: the rest is composed here. */
export type ServerOptions = Omit<
  AppOptions,
  "googleKeys" | "signatures" | "loginEvents" | "refusals" | "clientOf" | "isStopping"
>;

const STOP_TIMEOUT_MS = 10_000;

/** Listens at `config.host` and `config.port`. Throws `ListenError` if that fails. */
export function startServer(options: ServerOptions): RunningServer {
  const { config, store, log, now, every, random } = options;
  const descriptors = watchDescriptors({ read: createDescriptorReader(), every, log });
  const loginEvents = createLoginEvents({ every, isFull: descriptors.areShort });
  const googleKeys = createGoogleKeys({ url: config.googleJwksUrl, now, log });
  const refusals = createRefusalCounts({ store, now, log });
  /** Requests with a rewritten URL, and the original that the server knows. */
  const originals = new WeakMap<Request, Request>();
  let isStopping = false;
  const app = createApp({
    ...options,
    googleKeys,
    signatures: JOSE,
    loginEvents,
    refusals,
    clientOf,
    isStopping: () => isStopping,
  });
  const observers = config.logLevel === "debug" ? [logAnswers(log)] : [];
  const server = listen(config, observeAnswers(answer, { routes: app.routes, observers }));
  void googleKeys.refreshIfDue();
  const stopSweeper = startSweeper({ ...options, googleKeys, refusals });
  const stopFollowing = followOtherProcesses({ ...options, loginEvents });

  const readClient = createClientReader({
    trusted: config.trustedProxies,
    isBehindProxy: config.origin.startsWith("https:"),
    log,
  });

  function answer(request: Request): Response | Promise<Response> {
    const normalized = normalizeUrl(request, config.origin);
    if (!normalized)
      return new Response(null, { status: 400, headers: { [REQUEST_ID]: random.id() } });
    if (normalized !== request) originals.set(normalized, request);
    return app.fetch(normalized);
  }

  function clientOf(request: Request): Client {
    const peer = server.requestIP(originals.get(request) ?? request)?.address ?? null;
    return readClient({ peer, forwardedFor: request.headers.get("x-forwarded-for") });
  }

  return {
    async stop() {
      isStopping = true;
      stopSweeper();
      stopFollowing();
      descriptors.stop();
      // `server.stop` waits for open event streams forever.
      loginEvents.close();
      await Promise.race([server.stop(), Bun.sleep(STOP_TIMEOUT_MS)]);
      await server.stop(true);
      await refusals.flush();
      store.close();
    },
  };
}

function listen({ port, host }: Config, fetch: (request: Request) => Response | Promise<Response>) {
  try {
    // Bun's own error pages show code. A second process must not share the port silently.
    return Bun.serve({ port, hostname: host, development: false, reusePort: false, fetch });
  } catch (cause) {
    throw new ListenError({ host, port, cause });
  }
}

/** The URL of nearly every request: a host of at least four plain characters, and a possible port. */
const ORDINARY_URL = /^https?:\/\/[\w.-]{4,}(?::\d{1,4}|:[1-5]\d{4})?\//;

/**
 * The request with a URL that Elysia can read, whatever its `Host` header says; `null` if its path is invalid.
 * Elysia looks for the path after character 11 of the URL, and a short host name ends before it.
 */
function normalizeUrl(request: Request, origin: string): Request | null {
  if (ORDINARY_URL.test(request.url)) return request;
  const url = URL.parse(request.url, origin);
  if (!url) return null;
  const normalized = new URL(origin);
  normalized.pathname = url.pathname;
  normalized.search = url.search;
  return new Request(normalized, request);
}
