import { DE } from "./de.ts";
import { EN, type Words } from "./en.ts";

export type { Words };

/** A text that is the same in every language, or one for each. */
export type Text = string | ((words: Words) => string);

/** Each language by its primary subtag. A new one is a file beside `en.ts`, complete by its type, and a line here. */
const LANGUAGES = new Map<string, Words>([
  ["en", EN],
  ["de", DE],
]);

/** All languages, the default one first. */
export const ALL_WORDS: readonly Words[] = [...LANGUAGES.values()];

/** A header of ordinary length names all the languages that a person reads. */
const MAX_LENGTH = 200;

/**
 * The words for an `Accept-Language` header: of the known languages the one with the greatest weight, else English.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
 */
export function chooseWords(header: string | null): Words {
  let [best, bestWeight] = [EN, 0];
  for (const item of header?.slice(0, MAX_LENGTH).split(",") ?? []) {
    const [range = "", ...parameters] = item.split(";");
    const words = LANGUAGES.get(range.trim().split("-", 1)[0]?.toLowerCase() ?? "");
    if (!words) continue;
    const weight = readWeight(parameters);
    if (weight > bestWeight) [best, bestWeight] = [words, weight];
  }
  return best;
}

/** The `q` of an item, 1 if it has none, 0 if it is not valid. */
function readWeight(parameters: string[]): number {
  const q = parameters
    .map((text) => text.trim().toLowerCase())
    .find((text) => text.startsWith("q="));
  if (q === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q) ? Number(q.slice(2)) : 0;
}

/** The word for a name from outside, or `undefined` if there is none. */
export function findWord(words: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/** A text in a language. */
export function translate(text: Text, words: Words): string {
  return typeof text === "string" ? text : text(words);
}
