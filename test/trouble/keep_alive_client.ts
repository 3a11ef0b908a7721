import { Agent, request } from "node:https";

/** What came back: the status, and who answered; `null` if nothing did. */
export interface Reply {
  status: number;
  isOfFoyer: boolean;
  body: string;
  cookies: string[];
}

/** What one request is. */
export interface Sent {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A client with one connection that stays open, which tries nothing a second time. */
export interface KeepAliveClient {
  send(sent: Sent): Promise<Reply | null>;
  close(): void;
}

/** Creates a client of `origin`, which believes the certificate `ca` (PEM), at `localAddress`. */
export function createKeepAliveClient(
  origin: string,
  { ca, localAddress }: { ca: string; localAddress: string },
): KeepAliveClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca, localAddress });

  function send({ method = "GET", path, headers = {}, body }: Sent): Promise<Reply | null> {
    return new Promise((resolve) => {
      const outgoing = request(origin + path, { method, headers, agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", () => resolve(null));
        answer.on("aborted", () => resolve(null));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            isOfFoyer: answer.headers["x-answered-by"] === "application",
            body: Buffer.concat(chunks).toString(),
            cookies: answer.headers["set-cookie"] ?? [],
          }),
        );
      });
      outgoing.on("error", () => resolve(null));
      outgoing.end(body);
    });
  }

  return { send, close: () => agent.destroy() };
}
