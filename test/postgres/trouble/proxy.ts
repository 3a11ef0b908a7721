import { connect, createServer, type Socket } from "node:net";

/** Whether the server still gets what the connection is cut at. */
export type CutWhen = "before" | "after";

/** The way to a PostgreSQL, on which a test does harm. */
export interface Proxy extends AsyncDisposable {
  /** The address of the same database by this way. */
  through(address: string): string;
  port: number;
  /** The port of the server that new connections reach. */
  target: number;
  /** How long each answer takes more, in milliseconds. */
  delayMs: number;
  /** Passes nothing on, and tells nobody. */
  isSilent: boolean;
  /** How often clients have sent `text`. */
  countSent(text: string): number;
  /** Cuts every connection. */
  cut(): void;
  /** Cuts the next connection on which a client sends `text`: before the server hears it, or when it has answered. */
  cutAt(text: string, when: CutWhen): void;
  /** The next connection on which a client sends `text` says nothing more. */
  silenceAt(text: string): void;
}

/** Starts a proxy in front of the server at the port `target`. */
export async function startProxy(target: number): Promise<Proxy> {
  const pairs = new Set<() => void>();
  let sent = "";
  let trap: { text: string; when: CutWhen | "silent" } | null = null;

  function join(client: Socket): void {
    const server = connect(proxy.target, "127.0.0.1");
    let isLost = false;
    let isSilent = false;
    const hearsNothing = () => proxy.isSilent || isSilent;
    const cut = () => {
      pairs.delete(cut);
      client.destroy();
      server.destroy();
    };
    pairs.add(cut);
    client.on("data", (chunk) => {
      if (hearsNothing()) return;
      sent += chunk.toString("latin1");
      if (trap && chunk.includes(trap.text)) {
        const { when } = trap;
        trap = null;
        isSilent = when === "silent";
        isLost = when === "after";
        if (when === "before") return cut();
      }
      server.write(chunk);
    });
    server.on("data", (chunk) => {
      if (isLost) return cut();
      const pass = () => !hearsNothing() && client.write(chunk);
      if (proxy.delayMs > 0) setTimeout(pass, proxy.delayMs);
      else pass();
    });
    for (const socket of [client, server]) socket.on("error", cut).on("close", cut);
  }

  const listener = createServer(join);
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as { port: number };
  const proxy: Proxy = {
    ...{ port, target },
    delayMs: 0,
    isSilent: false,
    countSent: (text) => sent.split(text).length - 1,
    through(address) {
      const url = new URL(address);
      url.port = String(port);
      return url.href;
    },
    cut() {
      for (const cut of pairs) cut();
    },
    cutAt(text, when) {
      trap = { text, when };
    },
    silenceAt(text) {
      trap = { text, when: "silent" };
    },
    async [Symbol.asyncDispose]() {
      proxy.cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return proxy;
}
