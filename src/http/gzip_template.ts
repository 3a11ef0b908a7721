/** The header of a gzip file: deflate, no name, no time, an unknown system (RFC 1952, section 2.3). */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** An empty last block (RFC 1951, section 3.2.6). */
const LAST_BLOCK = Uint8Array.of(3, 0);

const STORED_HEADER_BYTES = 5;
const TRAILER_BYTES = 8;
const MAX_STORED_BYTES = 0xffff;

const encoder = new TextEncoder();

/** Fills the gaps between texts that are compressed already. Throws `RangeError` if a filling has more than 64 KiB. */
export type GzipTemplate = (fillings: readonly string[]) => Uint8Array<ArrayBuffer>;

/**
 * Compresses `texts` once, with gaps between them. The returned function fills the gaps as they are, which takes a
 * microsecond instead of the ten of compressing it all, and lets nobody learn from the length what stands beside a text
 * of theirs.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4
 */
export function createGzipTemplate(texts: readonly string[]): GzipTemplate {
  // Not with the start: it takes 4 ms and 6 MiB.
  const { constants, crc32, deflateRawSync }: typeof import("node:zlib") = require("node:zlib");
  const [first = new Uint8Array(), ...rest] = texts.map((text) => encoder.encode(text));
  // A full flush ends at a whole byte, and nothing behind it refers to what stands before.
  const [packedFirst, ...packedRest] = [first, ...rest].map((text) =>
    deflateRawSync(text, { level: 9, finishFlush: constants.Z_FULL_FLUSH }),
  );
  const start = Buffer.concat([HEADER, packedFirst as Buffer]);
  const startCrc = crc32(first);
  const textBytes = [first, ...rest].reduce((sum, { length }) => sum + length, 0);
  const frameBytes = packedRest.reduce(
    (sum, { length }) => sum + STORED_HEADER_BYTES + length,
    start.length + LAST_BLOCK.length + TRAILER_BYTES,
  );

  return (fillings) => {
    const stored = rest.map((_, gap) => encoder.encode(fillings[gap]));
    const storedBytes = stored.reduce((sum, { length }) => sum + length, 0);
    const bytes = new Uint8Array(frameBytes + storedBytes);
    bytes.set(start);
    let [at, crc] = [start.length, startCrc];
    for (const [gap, filling] of stored.entries()) {
      const { length } = filling;
      if (length > MAX_STORED_BYTES) throw new RangeError("A filling is too long");
      const packed = packedRest[gap] as Uint8Array;
      bytes.set([0, length, length >> 8, ~length, ~length >> 8], at);
      bytes.set(filling, at + STORED_HEADER_BYTES);
      bytes.set(packed, at + STORED_HEADER_BYTES + length);
      at += STORED_HEADER_BYTES + length + packed.length;
      crc = crc32(rest[gap] as Uint8Array, crc32(filling, crc));
    }
    bytes.set(LAST_BLOCK, at);
    const trailer = new DataView(bytes.buffer, at + LAST_BLOCK.length);
    trailer.setUint32(0, crc, true);
    trailer.setUint32(4, textBytes + storedBytes, true);
    return bytes;
  };
}
