/** A member's header: deflate, no name, no time, an unknown system (RFC 1952, section 2.3). */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** An empty last block (RFC 1951, section 3.2.6). */
const LAST_BLOCK = Uint8Array.of(3, 0);

const TRAILER_BYTES = 8;
const STORED_HEADER_BYTES = 5;
const MAX_STORED_BYTES = 0xffff;
/** UTF-8 takes at most so many bytes for a unit of a text. */
const MAX_BYTES_A_UNIT = 3;

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
  const plain = texts.map((text) => Buffer.from(text));
  // A full flush ends at a whole byte, and nothing behind it refers to what stands before.
  const packed = plain.map((text) =>
    deflateRawSync(text, { level: 9, finishFlush: constants.Z_FULL_FLUSH }),
  );
  const ownBytes = packed.reduce((sum, { length }) => sum + length, 0);
  const frameBytes = HEADER.length + LAST_BLOCK.length + TRAILER_BYTES;

  return (fillings) => {
    const units = fillings.reduce((sum, { length }) => sum + length, 0);
    const gaps = fillings.length * STORED_HEADER_BYTES + units * MAX_BYTES_A_UNIT;
    const bytes = Buffer.allocUnsafe(ownBytes + frameBytes + gaps);
    let [at, crc, length] = [0, 0, 0];
    const add = (part: Uint8Array) => {
      bytes.set(part, at);
      at += part.length;
    };
    const count = (part: Uint8Array) => {
      crc = crc32(part, crc);
      length += part.length;
    };
    add(HEADER);
    for (const [index, part] of packed.entries()) {
      add(part);
      count(plain[index] as Buffer);
      const filling = fillings[index];
      if (filling === undefined) continue;
      const stored = at + STORED_HEADER_BYTES;
      const size = bytes.write(filling, stored);
      if (size > MAX_STORED_BYTES) throw new RangeError("A filling is too long");
      bytes[at] = 0;
      bytes.writeUInt16LE(size, at + 1);
      bytes.writeUInt16LE(~size & MAX_STORED_BYTES, at + 3);
      at = stored + size;
      count(bytes.subarray(stored, at));
    }
    add(LAST_BLOCK);
    bytes.writeUInt32LE(crc, at);
    bytes.writeUInt32LE(length, at + 4);
    return bytes.subarray(0, at + TRAILER_BYTES) as Uint8Array<ArrayBuffer>;
  };
}
