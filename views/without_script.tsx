import { Html } from "@elysiajs/html";

import { plainPath } from "../src/paths.ts";
import type { Words } from "./words/words.ts";

/** What a browser without JavaScript is told: where the same page is for it. */
export function WithoutScript({ words, name }: { words: Words; name: string }) {
  return (
    <p class="plain-note">
      <a class="button" href={plainPath(name)} safe>
        {words.shell.withoutScript}
      </a>
    </p>
  );
}
