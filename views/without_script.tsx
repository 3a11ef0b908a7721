import { Html } from "@elysiajs/html";

import { plainPath } from "../src/paths.ts";
import { attributeText } from "./attribute_text.ts";
import type { Words } from "./words/words.ts";

export interface WithoutScriptProps {
  words: Words;
  name: string;
  /** The query of the page's address. */
  query?: URLSearchParams | undefined;
}

/** What a browser without JavaScript is told: where the same page is for it. */
export function WithoutScript({ words, name, query }: WithoutScriptProps) {
  return (
    <p class="plain-note">
      <a class="button" href={attributeText(plainPath(name, query))} safe>
        {words.shell.withoutScript}
      </a>
    </p>
  );
}
