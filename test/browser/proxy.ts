import { type Cut, cutConnections } from "./cut_connections.ts";
import { type OwnServer, startOwnServer } from "./own_server.ts";

/** How the proxy fails. */
export type Failure = keyof typeof FAILURES | keyof typeof CUTS;

const HTML = { "Content-Type": "text/html" };
const BAD_GATEWAY =
  "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
const PORTAL =
  "<!doctype html><html><head><title>Hotel WiFi</title></head><body><h1>Welcome to our hotel</h1></body></html>";

/** What people get instead of an answer of the application. */
const FAILURES = {
  "502 with a page": () => new Response(BAD_GATEWAY, { status: 502, headers: HTML }),
  "502 without a body": () => new Response(null, { status: 502 }),
  "200 with a foreign page": () => new Response(PORTAL, { headers: HTML }),
  "200 with a fragment of something else": () =>
    new Response("<title>Else</title><section id='else'>Something else</section>", {
      headers: HTML,
    }),
  "200 without a body": () => new Response("", { headers: HTML }),
  "a redirect to a page of another origin": (elsewhere: string) =>
    new Response(null, { status: 302, headers: { Location: elsewhere } }),
  "our headers around a foreign page": () =>
    new Response(PORTAL, { headers: { ...HTML, "X-Answered-By": "application" } }),
};

const CUTS = {
  "a connection that is cut": "before the answer",
  "an answer that is cut": "within the answer",
} as const satisfies Record<string, Cut>;

/** The application behind a real reverse proxy that tests can break. */
export interface ProxiedServer extends OwnServer {
  /** Fails every request from now on whose path `matches`; documents and assets pass unless it matches them. */
  fail(failure: Failure, matches?: (path: string) => boolean): void;
  heal(): void;
  /** Paths of all requests so far, with their methods. */
  requests: string[];
}

/** What is no document and no asset. */
const isPart = (path: string) => !/^\/(?:spa|assets)\b/.test(path);

/** Starts the application behind a proxy of its own. */
export async function startBehindProxy(env: Record<string, string> = {}): Promise<ProxiedServer> {
  let upstream = "";
  const elsewhere = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response(PORTAL, { headers: { ...HTML, "Access-Control-Allow-Origin": "*" } }),
  });
  const requests: string[] = [];
  let failing: { failure: Failure; matches: (path: string) => boolean } | null = null;
  const failureOf = (path: string) => (failing?.matches(path) ? failing.failure : null);
  const proxy = Bun.serve({
    port: 0,
    hostname: "localhost",
    idleTimeout: 60,
    fetch(request) {
      const { pathname, search } = new URL(request.url);
      requests.push(`${request.method} ${pathname}`);
      const failure = failureOf(pathname);
      if (failure && failure in FAILURES) {
        return FAILURES[failure as keyof typeof FAILURES](elsewhere.url.href);
      }
      return fetch(upstream + pathname + search, {
        method: request.method,
        headers: request.headers,
        body: request.body,
        redirect: "manual",
        decompress: false,
        signal: request.signal,
      });
    },
  });
  const front = cutConnections({
    upstreamPort: Number(proxy.url.port),
    cutOf: (path) => CUTS[failureOf(path) as keyof typeof CUTS] ?? null,
  });
  const server = await startOwnServer({ ORIGIN: `http://localhost:${front.port}`, ...env });
  upstream = server.upstream;
  return {
    ...server,
    requests,
    fail(failure, matches = isPart) {
      failing = { failure, matches };
    },
    heal() {
      failing = null;
    },
    async stop() {
      front.stop(true);
      await proxy.stop(true);
      await elsewhere.stop(true);
      await server.stop();
    },
  };
}
