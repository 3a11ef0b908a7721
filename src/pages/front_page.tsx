import { Html } from "@elysiajs/html";

import { FrontPage, Greeting } from "../../views/pages/front.tsx";
import { translate } from "../../views/words/words.ts";
import { pagePath, TOP_PAGE } from "../paths.ts";
import { mayOpen } from "./audience.ts";
import type { Page, PublicPage } from "./page.ts";

/** The front page: a way in for anonymous people, and for the others the pages that they may open. */
export function createFrontPage(pages: () => Iterable<Page>): PublicPage {
  return {
    name: TOP_PAGE,
    title: ({ front }) => front.title,
    audience: "everybody",
    isStatic: true,
    draw: ({ config, assets, words, signedIn }) => {
      if (!signedIn) {
        const path = pagePath(TOP_PAGE);
        return <FrontPage words={words} brand={config.brand} logo={assets.logo} path={path} />;
      }
      const open = [...pages()].filter((page) => page.name !== TOP_PAGE && mayOpen(page, signedIn));
      const tiles = open.flatMap(({ name, title, description }) =>
        description
          ? { name, title: translate(title, words), description: translate(description, words) }
          : [],
      );
      return <Greeting words={words} name={firstName(signedIn.user.name)} tiles={tiles} />;
    },
  };
}

/** The name up to its first space, as people greet each other. */
export function firstName(name: string): string {
  return name.trim().split(/\s/, 1)[0] || name;
}
