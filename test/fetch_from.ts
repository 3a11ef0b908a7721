import { type IncomingMessage } from "node:http";
import { request } from "node:https";
import { Readable } from "node:stream";

/** Sends one request. */
export type Send = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * As `fetch` over https, but from one of this machine's own addresses, such as `127.0.0.2`, and believing the
 * certificate `ca` (PEM). Follows no redirect and decompresses nothing.
 */
export function fetchFrom(localAddress: string, ca: string): Send {
  return async (url, init = {}) => {
    const sent = new Request(url, init);
    const body = Buffer.from(await sent.arrayBuffer());
    const headers = Object.fromEntries(sent.headers);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const { method } = sent;
    const outgoing = request(url, { method, headers, localAddress, ca, agent: false }, (answer) =>
      resolve(toResponse(answer)),
    );
    outgoing.on("error", reject);
    outgoing.end(body);
    return promise;
  };
}

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    headers.append(answer.rawHeaders[at] ?? "", answer.rawHeaders[at + 1] ?? "");
  }
  const { statusCode: status = 0 } = answer;
  const hasBody = ![204, 304].includes(status);
  const body = hasBody ? (Readable.toWeb(answer) as unknown as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status, headers });
}
