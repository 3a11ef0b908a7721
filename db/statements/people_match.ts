/** A search as FTS5 understands it, and the index that answers it. */
export interface PeopleMatch {
  index: "people_parts" | "people_words";
  /** Finds everybody with this text. */
  match: string;
  /** Finds those of them with the status. */
  matchWith(status: "active" | "disabled" | "admin"): string;
}

/** FTS5's trigrams find nothing shorter. */
const SHORTEST_PART = 3;

/**
 * The search for `text` in names and addresses; `null` if it is empty. Each part of the text must be somewhere in
 * it. A text of one or two characters must begin a word.
 *
 * @see https://www.sqlite.org/fts5.html#the_trigram_tokenizer
 */
export function matchPeople(text: string): PeopleMatch | null {
  const parts = splitText(text);
  const [only = ""] = parts;
  if (only === "") return null;
  const isWord = parts.length === 1 && isShort(only);
  const phrases = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(" AND ");
  const match = `{name email} : (${phrases}${isWord ? "*" : ""})`;
  return {
    index: isWord ? "people_words" : "people_parts",
    match,
    matchWith: (status) => `${match} AND status : "${status}"`,
  };
}

/** The words of `text`. A word that is too short for an index of its own stays with its neighbour: "ada l". */
function splitText(text: string): string[] {
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

/** Both indexes ignore combining accents, so they do not count. */
function isShort(part: string): boolean {
  return [...part.replace(/[\u0300-\u036f]/g, "")].length < SHORTEST_PART;
}
