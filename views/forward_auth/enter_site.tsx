import { Html } from "@elysiajs/html";

import { Icon } from "../icon.tsx";
import type { Words } from "../words/words.ts";

export interface EnterSiteProps {
  words: Words;
  /** What the application is called. */
  name: string;
  /** The address that leads to it. */
  path: string;
}

/** For a person who has just signed in: leads on to the application by itself, or by the link. */
export function EnterSite({ words, name, path }: EnterSiteProps) {
  return (
    <section class="card center" aria-labelledby="enter_title">
      <Icon name="check" size={2.25} />
      <h1 id="enter_title" tabindex="-1" safe>
        {words.enter.title}
      </h1>
      <p class="line">
        <a
          class="button main"
          href={path}
          hx-get={path}
          hx-trigger="load"
          hx-swap="none"
          data-enter=""
          safe
        >
          {words.enter.goOn(name)}
        </a>
      </p>
    </section>
  );
}
