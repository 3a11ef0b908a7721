import { findWord, type Words } from "./words/words.ts";

/** How somebody signed in to Google, in words: the names are those of RFC 8176, others stay as they are. */
export function nameProofs(names: readonly string[], { proofs }: Words): string[] {
  return names.map((name) => findWord(proofs, name) ?? name);
}
