/** Header lines that say where a message ends, rightly, wrongly, or so that two readers disagree. */
export const FRAMINGS = [
  "Content-Length: 0",
  "Content-Length: 5",
  "Content-Length: +0",
  "Content-Length: -1",
  "Content-Length: 0x5",
  "Content-Length: 5.0",
  "Content-Length: 5 5",
  "Content-Length: 0, 5",
  "Content-Length: 5;",
  "Content-Length:",
  "Content-Length: 99999999999999999999999",
  "Content-Length : 5",
  "Content-Length\t: 5",
  " Content-Length: 5",
  "\tTransfer-Encoding: chunked",
  "Content-Length: 5\0",
  "Content-Length: \x0b5",
  "Transfer-Encoding: chunked",
  "transfer-encoding: Chunked",
  "Transfer-Encoding : chunked",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding: identity",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding: chunked chunked",
  'Transfer-Encoding: "chunked"',
  "Transfer-Encoding: chunked;q=1",
  "Transfer-Encoding: \x0bchunked",
  "Transfer-Encoding: chunked\0",
  "Transfer-Encoding:",
  "Transfer-Encoding: gzip",
  "X: y\nTransfer-Encoding: chunked",
  "X: y\rContent-Length: 5",
  "X: y\r\n z",
];

/**
 * Whether all readers agree where the message ends: exactly one length in digits (a second one may say the same), or
 * exactly one `chunked`, and no line that is none (RFC 9112, sections 2.2, 5, 6.1 and 6.3).
 */
export function isOneMessage(lines: string[]): boolean {
  if (lines.some((line) => /^\s|[\s]:|[\0\n\r\x0b]/.test(line))) return false;
  const valuesOf = (name: string) =>
    lines
      .map((line) => line.split(/:(.*)/s, 2))
      .filter(([own = ""]) => own.toLowerCase() === name)
      .map(([, value = ""]) => value.trim());
  const lengths = new Set(valuesOf("content-length"));
  // A list may have empty members (RFC 9110, section 5.6.1.2).
  const encodings = valuesOf("transfer-encoding").filter(Boolean);
  if (encodings.length > 0) {
    return (
      lengths.size === 0 && encodings.length === 1 && encodings[0]?.toLowerCase() === "chunked"
    );
  }
  return lengths.size === 1 && /^\d{1,15}$/.test([...lengths][0] ?? "");
}
