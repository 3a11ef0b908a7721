import { Html } from "@elysiajs/html";

import { FrontPage, Greeting } from "../../views/pages/front.tsx";
import { translate } from "../../views/words/words.ts";
import { sitesOf } from "../auth/admission.ts";
import { pagePath, TOP_PAGE } from "../paths.ts";
import { mayOpen } from "./audience.ts";
import { readActivity } from "./describe_activity.ts";
import type { MemberContext, Page, PublicPage } from "./page.ts";

/** How many events the greeting shows. */
const LATEST_EVENTS = 2;

/** The front page: a way in for anonymous people, and for the others the pages that they may open. */
export function createFrontPage(pages: () => Iterable<Page>): PublicPage {
  return {
    name: TOP_PAGE,
    title: ({ front }) => front.title,
    audience: "everybody",
    isStatic: true,
    draw: (context) => {
      const { config, assets, words, signedIn } = context;
      if (signedIn) return drawGreeting([...pages()], { ...context, signedIn });
      const path = pagePath(TOP_PAGE);
      return <FrontPage words={words} brand={config.brand} logo={assets.logo} path={path} />;
    },
  };
}

/** Where a person can go, and what happened to their account lately. */
async function drawGreeting(pages: Page[], context: MemberContext): Promise<string> {
  const { config, words, signedIn } = context;
  const open = pages.filter((page) => page.name !== TOP_PAGE && mayOpen(page, signedIn));
  const tiles = open.flatMap(({ name, title, description, icon }) =>
    description
      ? { name, icon, title: translate(title, words), description: translate(description, words) }
      : [],
  );
  const { name: fullName, disabledAt } = signedIn.user;
  // As on the account page, a disabled account shows nothing of it.
  const events = disabledAt === null ? await readActivity(context, LATEST_EVENTS) : [];
  const sites = disabledAt === null ? sitesOf(signedIn, config) : [];
  const name = firstName(fullName);
  return <Greeting words={words} name={name} tiles={tiles} sites={sites} events={events} />;
}

/** The name up to its first space, as people greet each other. */
export function firstName(name: string): string {
  return name.trim().split(/\s/, 1)[0] || name;
}
