import { chooseWords, type Words } from "../../views/words/words.ts";
import { rememberHeader } from "./remember_header.ts";

const chooseRemembered = rememberHeader(chooseWords);

/** The words in the language that the sender of a request reads. */
export function wordsOf({ headers }: Request): Words {
  return chooseRemembered(headers.get("accept-language"));
}
