import { type IncomingMessage } from "node:http";
import { request } from "node:https";
import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";

/** Sends one request. */
export type Send = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * As `fetch` over https, but to this machine whatever the host's name is, from one of its own addresses, such as
 * `127.0.0.2`, and believing the certificate `ca` (PEM). Follows no redirect and decompresses nothing.
 */
export function fetchFrom(localAddress: string, ca: string): Send {
  return async (url, init = {}) => {
    const sent = new Request(url, init);
    const body = Buffer.from(await sent.arrayBuffer());
    const headers = Object.fromEntries(sent.headers);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const { method } = sent;
    const options = { method, headers, localAddress, ca, lookup, agent: false };
    const outgoing = request(url, options, (answer) => resolve(toResponse(answer)));
    outgoing.on("error", reject);
    outgoing.end(body);
    return promise;
  };
}

/** Names below `localhost` have an address in browsers, but not in every resolver. */
const lookup: LookupFunction = (_name, { all }, done) =>
  all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);

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
