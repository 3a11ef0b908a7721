import { Html } from "@elysiajs/html";

import { plainPath } from "../src/paths.ts";

/** What a browser without JavaScript is told: where the same page is for it. */
export function WithoutScript({ name }: { name: string }) {
  return (
    <p class="plain-note">
      <a class="button" href={plainPath(name)}>
        Use this page without JavaScript
      </a>
    </p>
  );
}
