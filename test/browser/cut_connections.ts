import type { Socket } from "bun";

/** When a connection is cut: before anything of the answer has come, or in the middle of its body. */
export type Cut = "before the answer" | "within the answer";

/** How much of a body comes before it is cut. */
const BYTES = 200;

interface Connection {
  upstream: Promise<Socket<undefined>>;
  cut: Cut | null;
}

/** Listens at a free port, and passes bytes on to `upstreamPort`, except where `cutOf` says to cut. */
export function cutConnections({
  upstreamPort,
  cutOf,
}: {
  upstreamPort: number;
  cutOf: (path: string) => Cut | null;
}) {
  return Bun.listen<Connection>({
    hostname: "localhost",
    port: 0,
    socket: {
      open(client) {
        const upstream = Bun.connect({
          hostname: "localhost",
          port: upstreamPort,
          socket: {
            data(_socket, data) {
              if (client.data.cut !== "within the answer") return void client.write(data);
              const end = data.indexOf("\r\n\r\n");
              client.write(data.subarray(0, end + BYTES));
              client.end();
            },
            close: () => void client.end(),
          },
        });
        client.data = { upstream, cut: null };
      },
      async data(client, data) {
        const [, path] = /^[A-Z]+ ([^ ?]+)/.exec(data.toString("latin1")) ?? [];
        if (path) client.data.cut = cutOf(path);
        if (client.data.cut === "before the answer") return client.terminate();
        (await client.data.upstream).write(data);
      },
      async close(client) {
        (await client.data.upstream).end();
      },
    },
  });
}
