import type { HeaderSet } from "./headers.ts";
import { rememberHeader } from "./remember_header.ts";

/** The content encodings that answers have, the best first. */
export const ENCODINGS = ["br", "gzip"] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** A body in each content encoding that it has. */
export interface Encodings extends Partial<Record<Encoding, Uint8Array<ArrayBuffer>>> {
  identity: string | Uint8Array<ArrayBuffer>;
}

/** The least length to compress, in characters: below it the header costs more than compression saves. */
const MIN_LENGTH = 600;

/** Compresses a text that is sent many times. */
export const COMPRESS: Record<Encoding, (text: string) => Uint8Array<ArrayBuffer>> = {
  br(text) {
    // Not with the start: it takes 4 ms and 6 MiB.
    const { brotliCompressSync }: typeof import("node:zlib") = require("node:zlib");
    return new Uint8Array(brotliCompressSync(text));
  },
  gzip: (text) => Bun.gzipSync(text, { level: 9, library: "zlib" }),
};

/** Sends a text that is rendered for one request, with fast compression where that is worth it. */
export function sendCompressed(
  text: string,
  { request, set }: { request: Request; set: HeaderSet },
): string | Response {
  if (text.length < MIN_LENGTH || !acceptedBy(request).includes("gzip")) return text;
  set.headers["content-encoding"] = "gzip";
  return new Response(Bun.gzipSync(text, { level: 5, library: "libdeflate" }));
}

/** The encodings that the sender of a request accepts, the best first. */
export function acceptedBy({ headers }: Request): readonly Encoding[] {
  return readAccepted(headers.get("accept-encoding"));
}

const readAccepted = rememberHeader((header) => ENCODINGS.filter((name) => accepts(header, name)));

/** Longer than any browser's, so that a header of commas costs no time. */
const MAX_HEADER_LENGTH = 200;

/** Whether `Accept-Encoding` names `encoding` with a weight other than zero (RFC 9110, section 12.5.3). */
function accepts(header: string | null, encoding: Encoding): boolean {
  if (header === null) return false;
  const items = header.slice(0, MAX_HEADER_LENGTH).split(",");
  return items.some((item) => {
    const [name, weight = ""] = item.split(";").map((part) => part.trim().toLowerCase());
    return name === encoding && !/^q=0(?:\.0*)?$/.test(weight);
  });
}
