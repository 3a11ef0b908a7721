/** A part with fewer characters is not found by three of them. */
const SHORTEST_PART = 3;

/** The words that somebody searches for. A word that is too short to be found alone stays with its neighbour: "ada l". */
export function splitSearch(text: string): string[] {
  const parts: string[] = [];
  const plain = text.normalize("NFC").replace(/\p{Cc}/gu, " ");
  for (const word of plain.split(/\s+/).filter(Boolean)) {
    const before = parts.at(-1);
    const staysWithIt = before !== undefined && (isShort(before) || isShort(word));
    if (staysWithIt) parts[parts.length - 1] = `${before} ${word}`;
    else parts.push(word);
  }
  return parts;
}

/** Combining accents are ignored, so they do not count. */
export function isShort(part: string): boolean {
  return [...part.replace(/[\u0300-\u036f]/g, "")].length < SHORTEST_PART;
}
