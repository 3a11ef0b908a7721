/**
 * What a terminal may obey or hide: control characters and escapes, line breaks, marks that turn the direction of the
 * text, characters without width (but for the two joiners, which names need), halves of characters.
 */
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text from outside as one line of a terminal: `\u{1b}` in the place of an escape. */
export function safeLine(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The same for a text of several lines. */
export function safeLines(text: string): string {
  return text.split("\n").map(safeLine).join("\n");
}

/** A value as one line of JSON that is safe for a terminal, too. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, escapeUnits);
}

/** A character as JSON escapes it, in UTF-16. */
function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
