import { Html } from "@elysiajs/html";

import { WelcomePage } from "../../views/pages/welcome.tsx";
import { TOP_PAGE } from "../paths.ts";
import { ACCOUNT_PAGE } from "./account.tsx";
import { AUDIT_LOG_PAGE } from "./audit_log.tsx";
import type { Page } from "./page.ts";
import { ADMIN_PAGE } from "./people.tsx";

/** All pages by name. */
export type Pages = ReadonlyMap<string, Page>;

/** The front page of an application without its own. */
const WELCOME_PAGE: Page = {
  name: TOP_PAGE,
  title: "Welcome",
  audience: "everybody",
  isStatic: true,
  draw: () => <WelcomePage />,
};

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The application's pages, then Foyer's own. Throws if a name is invalid or used twice. */
export function collectPages(own: readonly Page[]): Pages {
  const front = own.some(({ name }) => name === TOP_PAGE) ? [] : [WELCOME_PAGE];
  const pages = new Map<string, Page>();
  for (const page of [...front, ...own, ACCOUNT_PAGE, ADMIN_PAGE, AUDIT_LOG_PAGE]) {
    if (!NAME.test(page.name))
      throw new Error(`The page name "${page.name}" does not match ${NAME}`);
    if (pages.has(page.name)) throw new Error(`Two pages have the name "${page.name}"`);
    pages.set(page.name, page);
  }
  return pages;
}
