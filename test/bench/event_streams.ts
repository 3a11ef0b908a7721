import { PATHS } from "../../src/paths.ts";
import { readRequest } from "./requests.ts";
import type { Member } from "./seed.ts";

/** Open event streams. */
export interface EventStreams {
  /** Resolves when each has been told that the login status has changed. */
  told: Promise<void>;
  count: number;
  close(): void;
}

const AT_ONCE = 200;

/** Opens an event stream for each member. */
export async function openStreams(
  { port, host }: { port: number; host: string },
  members: readonly Member[],
): Promise<EventStreams> {
  const everybody = Promise.withResolvers<void>();
  const sockets: Bun.Socket[] = [];
  let waiting = members.length;
  for (let at = 0; at < members.length; at += AT_ONCE) {
    await Promise.all(members.slice(at, at + AT_ONCE).map(open));
  }
  return {
    told: everybody.promise,
    count: sockets.length,
    close() {
      for (const socket of sockets) socket.end();
    },
  };

  async function open({ token }: Member): Promise<void> {
    const opened = Promise.withResolvers<void>();
    let isTold = false;
    const socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data(_, chunk) {
          const text = chunk.toString("latin1");
          if (text.startsWith("HTTP/1.1") && !text.startsWith("HTTP/1.1 200")) {
            opened.reject(new Error(`No stream: ${text.slice(0, 200)}`));
          }
          opened.resolve();
          if (isTold || !text.includes("LoginStatusChange")) return;
          isTold = true;
          waiting -= 1;
          if (waiting === 0) everybody.resolve();
        },
        close: () => opened.reject(new Error("A stream was closed")),
      },
    });
    sockets.push(socket);
    socket.write(readRequest(host, { path: PATHS.events, token }));
    await opened.promise;
  }
}
