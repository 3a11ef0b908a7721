import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, CLIENT_ID } from "../fixture.ts";
import type { KeepAliveClient, Reply, Sent } from "./keep_alive_client.ts";

/** What clients were answered. */
export interface LoadCounts {
  gets: number;
  /** GETs that Foyer did not answer, or with an error of its own. */
  lostGets: number;
  posts: number;
  lostPosts: number;
  /** What was answered instead, by method, and how often. */
  instead: Record<string, number>;
  slowestMs: number;
}

/** Clients that pause only after an answer that is none. */
export interface Load {
  counts: LoadCounts;
  /** Resolves when so many more requests have been answered, of each method. */
  more(requests: number): Promise<void>;
  stop(): Promise<void>;
}

const TRY_AGAIN_MS = 100;
const HTMX = { "HX-Request": "true" };
const READS: Sent[] = [
  { path: "/spa" },
  { path: "/spa/content.list" },
  { path: "/htmx/content.top", headers: HTMX },
  { path: PATHS.navbar, headers: HTMX },
];

/** Lets half of the clients read pages and fragments, and the other half sign in, one request after the other. */
export function startLoad(clients: KeepAliveClient[], google: GoogleStandIn): Load {
  const counts: LoadCounts = {
    ...{ gets: 0, lostGets: 0, posts: 0, lostPosts: 0 },
    instead: {},
    slowestMs: 0,
  };
  const watchers = new Set<() => void>();
  let isOver = false;

  /** Sends a request, counts it, and returns its answer if Foyer gave it as it should. */
  async function send(client: KeepAliveClient, sent: Sent): Promise<Reply | null> {
    const begun = performance.now();
    const reply = await client.send(sent);
    counts.slowestMs = Math.max(counts.slowestMs, performance.now() - begun);
    const isGood = reply?.status === 200 && reply.isOfFoyer;
    const { method = "GET" } = sent;
    counts[method === "GET" ? "gets" : "posts"] += 1;
    if (!isGood) {
      counts[method === "GET" ? "lostGets" : "lostPosts"] += 1;
      const what = `${method} ${describe(reply)}`;
      counts.instead[what] = (counts.instead[what] ?? 0) + 1;
    }
    for (const watcher of watchers) watcher();
    // A person who is told to try again takes a moment.
    if (!isGood) await Bun.sleep(TRY_AGAIN_MS);
    return isGood ? reply : null;
  }

  async function read(client: KeepAliveClient): Promise<void> {
    for (let turn = 0; !isOver; turn += 1) {
      await send(client, READS[turn % READS.length] ?? { path: "/spa" });
    }
  }

  async function signIn(client: KeepAliveClient): Promise<void> {
    while (!isOver) {
      const navbar = await send(client, { path: PATHS.navbar, headers: HTMX });
      const nonce = /data-nonce="([^"]+)"/.exec(navbar?.body ?? "")?.[1];
      const cookie = navbar?.cookies.map((one) => one.split(";")[0]).join("; ");
      if (!nonce || !cookie) continue;
      const credential = await google.issueToken({ person: ADA, clientId: CLIENT_ID, nonce });
      await send(client, {
        method: "POST",
        path: PATHS.login,
        headers: {
          Cookie: cookie,
          "Sec-Fetch-Site": "same-origin",
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({ credential }).toString(),
      });
    }
  }

  const running = clients.map((client, at) => (at % 2 === 0 ? read(client) : signIn(client)));

  return {
    counts,
    more(requests) {
      const [gets, posts] = [counts.gets + requests, counts.posts + requests];
      const { promise, resolve } = Promise.withResolvers<void>();
      const watcher = () => {
        if (counts.gets >= gets && counts.posts >= posts) resolve();
      };
      watchers.add(watcher);
      return promise.finally(() => watchers.delete(watcher));
    },
    async stop() {
      isOver = true;
      await Promise.all(running);
      for (const client of clients) client.close();
    },
  };
}

function describe(reply: Reply | null): string {
  if (!reply) return "no answer";
  return `${reply.status} of ${reply.isOfFoyer ? "Foyer" : "the proxy"}`;
}
