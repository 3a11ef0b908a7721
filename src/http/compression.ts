import { brotliCompressSync, gzipSync } from "node:zlib";

import type { HeaderSet } from "./headers.ts";

/** A body in each content encoding that it has. */
export interface Encodings {
  identity: string | Uint8Array<ArrayBuffer>;
  br?: Uint8Array<ArrayBuffer>;
  gzip?: Uint8Array<ArrayBuffer>;
}

/** The least length to compress, in characters: below it the header costs more than compression saves. */
const MIN_LENGTH = 600;

/** Compresses a text once that is sent many times. */
export function createEncodings(text: string): Encodings {
  return {
    identity: text,
    br: new Uint8Array(brotliCompressSync(text)),
    gzip: new Uint8Array(gzipSync(text, { level: 9 })),
  };
}

/** Sends a text that is compressed already, in an encoding that the browser accepts. */
export function sendEncoded(
  bodies: Encodings,
  { request, set }: { request: Request; set: HeaderSet },
): string | Response {
  const accepted = request.headers.get("accept-encoding");
  const encoding = (["br", "gzip"] as const).find(
    (name) => bodies[name] && accepts(accepted, name),
  );
  set.headers.vary = "Accept-Encoding";
  if (encoding) set.headers["content-encoding"] = encoding;
  const body = encoding ? bodies[encoding] : bodies.identity;
  return typeof body === "string" ? body : new Response(body);
}

/** Sends a text that is rendered for one request, with fast compression where that is worth it. */
export function sendCompressed(
  text: string,
  { request, set }: { request: Request; set: HeaderSet },
): string | Response {
  if (text.length < MIN_LENGTH) return text;
  if (!accepts(request.headers.get("accept-encoding"), "gzip")) return text;
  set.headers["content-encoding"] = "gzip";
  return new Response(Bun.gzipSync(text, { level: 5, library: "libdeflate" }));
}

/** Longer than any browser's, so that a header of commas costs no time. */
const MAX_HEADER_LENGTH = 200;

/** Whether `Accept-Encoding` names `encoding` with a weight other than zero (RFC 9110, section 12.5.3). */
function accepts(header: string | null, encoding: string): boolean {
  if (header === null) return false;
  const items = header.slice(0, MAX_HEADER_LENGTH).split(",");
  return items.some((item) => {
    const [name, weight = ""] = item.split(";").map((part) => part.trim().toLowerCase());
    return name === encoding && !/^q=0(?:\.0*)?$/.test(weight);
  });
}
