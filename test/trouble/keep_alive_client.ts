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

/**
 * A client with one connection that stays open. As browsers do, it sends a GET a second time if the connection that it
 * had used before closes without an answer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1
 */
export interface KeepAliveClient {
  send(sent: Sent): Promise<Reply | null>;
  /** How many requests were sent a second time. */
  readonly sentAgain: number;
  close(): void;
}

/** Creates a client of `origin`, which believes the certificate `ca` (PEM), at `localAddress`. */
export function createKeepAliveClient(
  origin: string,
  { ca, localAddress }: { ca: string; localAddress: string },
): KeepAliveClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca, localAddress });

  let isUsed = false;
  let sentAgain = 0;

  function sendOnce({ method = "GET", path, headers = {}, body }: Sent): Promise<Reply | null> {
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

  async function send(sent: Sent): Promise<Reply | null> {
    const reply = await sendOnce(sent);
    const isAgain = !reply && isUsed && (sent.method ?? "GET") === "GET";
    isUsed = reply !== null;
    if (!isAgain) return reply;
    sentAgain += 1;
    return await sendOnce(sent);
  }

  return {
    send,
    get sentAgain() {
      return sentAgain;
    },
    close: () => agent.destroy(),
  };
}
