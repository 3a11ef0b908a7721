import { chooseWords, type Words } from "../../views/words/words.ts";

/** The words in the language that the sender of a request reads. */
export function wordsOf({ headers }: Request): Words {
  return chooseWords(headers.get("accept-language"));
}
