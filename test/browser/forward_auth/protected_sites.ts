import { GRACE } from "../../fixture.ts";
import { freePort } from "../../foyer_process.ts";
import { CERTIFICATE } from "../certificate.ts";
import { type OwnServer, startOwnServer } from "../own_server.ts";
import { drawApplication } from "./application.ts";

/** What of the visitor's request the proxy asks Foyer with. */
const ASKED_WITH = [
  ...["accept", "accept-language", "cookie", "referer", "x-requested-with"],
  ...["sec-fetch-dest", "sec-fetch-mode", "hx-request", "hx-current-url"],
];

/** Foyer and two applications that it protects, each on a host of its own, behind one proxy that speaks TLS. */
export interface ProtectedSites extends OwnServer {
  /** Open to everybody who is signed in. */
  wiki: string;
  /** Open to Grace only. */
  payroll: string;
  /** Every request so far that a browser has sent to an application: its host, path and query. */
  requests: string[];
  /** From now on, cookies of this name do not reach browsers. */
  lose(cookie: string | null): void;
}

/** Starts Foyer in front of two applications. */
export async function startProtectedSites(env: Record<string, string> = {}) {
  const port = freePort();
  const [auth, wiki, payroll] = ["auth", "wiki", "payroll"].map(
    (name) => `https://${name}.foyer.localhost:${port}`,
  ) as [string, string, string];
  const server = await startOwnServer({
    ORIGIN: auth,
    COOKIE_DOMAIN: "foyer.localhost",
    FORWARD_AUTH_ORIGINS: `${wiki} "Wiki" members, ${payroll} "Payroll" ${GRACE.email}`,
    ...env,
  });
  const { cert, key } = CERTIFICATE;
  let lostCookie: string | null = null;
  const front = Bun.serve({
    port,
    hostname: "localhost",
    idleTimeout: 60,
    tls: { cert, key },
    async fetch(request) {
      const url = new URL(request.url);
      if (url.origin === auth) return loseCookie(await passOn(request), lostCookie);
      sites.requests.push(url.host + url.pathname + url.search);
      const verified = await verify(request, url);
      return verified.ok ? drawApplication(url, { auth, person: verified.headers }) : verified;
    },
  });
  const sites: ProtectedSites = {
    ...server,
    wiki,
    payroll,
    requests: [],
    lose(cookie) {
      lostCookie = cookie;
    },
    async stop() {
      await front.stop(true);
      await server.stop();
    },
  };
  return sites;

  /** Whether the request may go on: what Foyer says is for the browser, unless it is yes. */
  function verify({ method, headers }: Request, url: URL): Promise<Response> {
    const sent = ASKED_WITH.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    const asked = {
      ...Object.fromEntries(sent),
      "x-foyer-origin": url.origin,
      "x-forwarded-uri": url.pathname + url.search,
      "x-forwarded-method": method,
    };
    return fetch(`${server.upstream}/auth/verify`, { headers: asked, redirect: "manual" });
  }

  function passOn({ url, method, headers, body, signal }: Request): Promise<Response> {
    const { pathname, search } = new URL(url);
    const asIs = { redirect: "manual", decompress: false } as const;
    return fetch(server.upstream + pathname + search, { method, headers, body, signal, ...asIs });
  }
}

/** As a browser does that keeps no cookies of this name. */
function loseCookie(answer: Response, name: string | null): Response {
  if (name === null) return answer;
  const headers = new Headers(answer.headers);
  headers.delete("set-cookie");
  for (const line of answer.headers.getSetCookie()) {
    if (!line.startsWith(`${name}=`)) headers.append("set-cookie", line);
  }
  return new Response(answer.body, { status: answer.status, headers });
}
