import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";

/** One answer as it came over the wire. */
export interface Answer {
  status: number;
  headers: [name: string, value: string][];
  /** Decoded. */
  body: string;
  /** As it came. */
  encoded: Uint8Array;
}

const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
};
const HEAD_END = "\r\n\r\n";
const LENGTH_HEADER = "Content-Length: ";

/** The bytes of a whole answer, or 0 while its head is not complete. */
export function sizeOfAnswer(answer: Buffer): number {
  const headEnd = answer.indexOf(HEAD_END);
  if (headEnd < 0) return 0;
  const start = answer.indexOf(LENGTH_HEADER) + LENGTH_HEADER.length;
  let length = 0;
  for (let at = start; answer[at] !== 0x0d; at += 1)
    length = length * 10 + (answer[at] ?? 0) - 0x30;
  return headEnd + HEAD_END.length + length;
}

/** Takes an answer apart, and decodes its body. */
export function readAnswer(bytes: Buffer): Answer {
  const headEnd = bytes.indexOf(HEAD_END);
  const [statusLine = "", ...lines] = bytes.toString("utf8", 0, headEnd).split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const encoded = bytes.subarray(headEnd + HEAD_END.length);
  const encoding = headers.find(([name]) => name.toLowerCase() === "content-encoding")?.[1];
  const body = (encoding ? (DECODERS[encoding]?.(encoded) ?? encoded) : encoded).toString();
  return { status: Number(statusLine.split(" ")[1]), headers, body, encoded };
}
