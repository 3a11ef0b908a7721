import { closeSync, openSync, readSync } from "node:fs";

const MOST_CHARACTERS = 4096;

/** Reads the one line of the file at `path`. Throws a `TypeError` that holds nothing of it. */
export function readAddressFile(path: string): string {
  const text = readText(path).trim();
  if (!text) throw new TypeError(`must name a file with an address, and ${path} is empty`);
  if (text.includes("\n")) throw new TypeError(`must name a file with one line, not ${path}`);
  if (text.length <= MOST_CHARACTERS) return text;
  throw new TypeError(`must name a file with an address, and ${path} is too long for one`);
}

/** Reads no more than is needed to see that it is too long: it may be a pipe, or have no end. */
function readText(path: string): string {
  const bytes = Buffer.alloc(MOST_CHARACTERS * 2);
  try {
    const file = openSync(path, "r");
    try {
      let end = 0;
      for (let read = -1; read !== 0 && end < bytes.length; end += read) {
        read = readSync(file, bytes, end, bytes.length - end, null);
      }
      return bytes.toString("utf8", 0, end);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new TypeError(
      `names ${path}, which cannot be read (${(error as { code?: string }).code})`,
    );
  }
}
