import { type AppOptions, createApp } from "./app.ts";
import { measureClock } from "./auth/clock.ts";
import { createGoogleKeys } from "./auth/google_keys.ts";
import { JOSE } from "./auth/signed_token.ts";
import { type Connection, createClientReader } from "./http/client_address.ts";
import { UNCOUNTED } from "./http/counts.ts";
import { createUrlNormalizer } from "./http/normalize_url.ts";
import { createObserver, logAnswers } from "./http/observed_answers.ts";
import { REQUEST_ID } from "./http/request_id.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { startMetricsServer } from "./metrics/metrics_server.ts";
import { createDescriptorReader, watchDescriptors } from "./process/descriptors.ts";
import { createGate } from "./process/gate.ts";
import { listen } from "./process/listen.ts";
import { createLoginEvents } from "./session/login_events.ts";
import { followOtherProcesses } from "./session/other_processes.ts";
import { createRefusalCounts } from "./session/refusal_counts.ts";
import { startSweeper } from "./sweeper.ts";

/** A running application. */
export interface RunningServer {
  /**
   * Shuts down: refuses connections, ends event streams, gives requests in flight `config.shutdownMs`, and closes the
   * store. Returns how many requests were cut off.
   */
  stop(): Promise<number>;
  /** How many requests are in flight, open event streams included. */
  pendingRequests(): number;
}

/** What a server gets from outside: the rest is composed here. */
export type ServerOptions = Omit<
  AppOptions,
  | "googleKeys"
  | "signatures"
  | "loginEvents"
  | "refusals"
  | "clientOf"
  | "connectionOf"
  | "keepOpen"
  | "isStopping"
  | "counts"
> & { metrics?: Metrics | null };

/**
 * A connection that is closed with a request unread is reset, and a proxy cannot tell whether that request was heard.
 * So requests are read for so long, and answered when the connections that are idle then have been closed.
 */
const HOLD_MS = 50;

/** A stream hears something every nine seconds, a little later on a busy machine. */
const STREAM_IDLE_S = 30;

/** Listens at `config.host` and `config.port`. Throws `ListenError` if that fails. */
export function startServer(options: ServerOptions): RunningServer {
  const { config, store, log, now, every, random, metrics = null } = options;
  const gate = createGate();
  const readDescriptors = createDescriptorReader();
  const descriptors = watchDescriptors({ read: readDescriptors, every, log });
  const loginEvents = createLoginEvents({
    ...{ store, every },
    isFull: () => gate.isClosing() || descriptors.areShort(),
  });
  const googleKeys = createGoogleKeys({ url: config.googleJwksUrl, now, log });
  const refusals = createRefusalCounts({ store, now, log });
  const { normalize, originalOf } = createUrlNormalizer(config.origin);
  const app = createApp({
    ...options,
    googleKeys,
    signatures: JOSE,
    loginEvents,
    refusals,
    clientOf: (request) => readClient(connectionOf(request)),
    connectionOf,
    keepOpen: (request) => server.timeout(originalOf(request), STREAM_IDLE_S),
    isStopping: gate.isClosing,
    counts: metrics ?? UNCOUNTED,
  });
  const observers = [
    ...(config.logLevel === "debug" ? [logAnswers(log)] : []),
    ...(metrics ? [metrics.countAnswer] : []),
  ];
  const observe = createObserver({ routes: app.routes, observers });
  const server = listen(config, {
    gets: Array.from(app.shortcuts, ([path, take]) => [
      path,
      observe(gate.guard((request) => take(request, answerByRoute))),
    ]),
    fetch: observe(gate.guard(answerByRoute)),
  });
  metrics?.readFrom({ ...options, googleKeys, loginEvents, readDescriptors });
  const stopMetrics = startMetricsServer({ metrics, place: config.metrics, every });
  void googleKeys.refreshIfDue();
  const askClock = () => measureClock({ url: config.googleJwksUrl, now });
  const stopSweeper = startSweeper({ ...options, googleKeys, refusals, measureClock: askClock });
  const stopFollowing = followOtherProcesses({ ...options, loginEvents });

  const readClient = createClientReader({
    trusted: config.trustedProxies,
    isBehindProxy: config.origin.startsWith("https:") && config.tls === null,
    log,
  });

  function answerByRoute(request: Request): Response | Promise<Response> {
    const normalized = normalize(request);
    if (normalized) return app.handleByRoute(normalized);
    return new Response(null, { status: 400, headers: { [REQUEST_ID]: random.id() } });
  }

  function connectionOf(request: Request): Connection {
    const peer = server.requestIP(originalOf(request))?.address ?? null;
    return { peer, forwardedFor: request.headers.get("x-forwarded-for") };
  }

  /** Resolves when no request is in flight, or after `config.shutdownMs`, with the number of those that still are. */
  async function finishRequests(): Promise<number> {
    const isOver = Promise.withResolvers<void>();
    const stopWaiting = every(config.shutdownMs, isOver.resolve);
    const letGo = gate.hold();
    await Promise.race([Bun.sleep(HOLD_MS), isOver.promise]);
    // Refuses connections from now on, as a proxy asks again after a refusal. What is idle is closed.
    const isFinished = server.stop();
    letGo();
    // The server would wait for them for ever.
    loginEvents.close();
    await Promise.race([isFinished, isOver.promise]);
    stopWaiting();
    return server.pendingRequests;
  }

  return {
    async stop() {
      gate.close();
      stopSweeper();
      stopFollowing();
      descriptors.stop();
      const cutOff = await finishRequests();
      await server.stop(true);
      await refusals.flush();
      await stopMetrics();
      await store.close();
      return cutOff;
    },
    pendingRequests: () => server.pendingRequests,
  };
}
