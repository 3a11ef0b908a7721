import type { SigningKeys } from "../../src/google_stand_in/signing_keys.ts";

/** A real server of a key set, whose answer a test chooses. */
export interface KeyServer {
  url: string;
  /** How often it was asked. */
  fetches: number;
  /** What it answers from now on. */
  answer: () => Response | Promise<Response>;
  /** Resolves when it has been asked for the `count`th time. */
  wasAsked(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server that answers with `keys`. */
export function startKeyServer(keys: SigningKeys): KeyServer {
  const waiting = new Map<number, () => void>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch() {
      remote.fetches += 1;
      waiting.get(remote.fetches)?.();
      return remote.answer();
    },
  });
  const remote: KeyServer = {
    url: server.url.href,
    fetches: 0,
    answer: () => answerWith(keys.keySet()),
    wasAsked: async (count) => {
      if (remote.fetches >= count) return;
      await new Promise<void>((resolve) => waiting.set(count, resolve));
    },
    stop: () => server.stop(true),
  };
  return remote;
}

/** An answer that holds `keySet`. */
export function answerWith(keySet: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(keySet, {
    headers: { "cache-control": "public, max-age=3600", ...headers },
  });
}

/** The answer of a server that is down. */
export function outOfOrder(): Response {
  return new Response("Service Unavailable", { status: 503 });
}

/** Answers once `release` was called. */
export function hold(answer: () => Response) {
  const { promise, resolve: release } = Promise.withResolvers<void>();
  return { release, answer: () => promise.then(answer) };
}
