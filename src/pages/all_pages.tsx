import { Html } from "@elysiajs/html";

import { WelcomePage } from "../../views/pages/welcome.tsx";
import { TOP_PAGE } from "../paths.ts";
import { ACCOUNT_PAGE } from "./account.tsx";
import { AUDIT_LOG_PAGE } from "./audit_log.tsx";
import type { Page } from "./page.ts";
import { ADMIN_PAGE } from "./people.tsx";

/** Every page by its name. */
export type Pages = ReadonlyMap<string, Page>;

/** The front page of an application that brings none. */
const WELCOME_PAGE: Page = {
  name: TOP_PAGE,
  title: "Welcome",
  audience: "everybody",
  isFixed: true,
  draw: () => <WelcomePage />,
};

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The pages of an application, and Foyer's own behind them. Throws if two have one name, or one has a name that no address can hold. */
export function collectPages(own: readonly Page[]): Pages {
  const front = own.some(({ name }) => name === TOP_PAGE) ? [] : [WELCOME_PAGE];
  const pages = new Map<string, Page>();
  for (const page of [...front, ...own, ACCOUNT_PAGE, ADMIN_PAGE, AUDIT_LOG_PAGE]) {
    if (!NAME.test(page.name)) throw new Error(`The page name "${page.name}" is not plain`);
    if (pages.has(page.name)) throw new Error(`Two pages are called "${page.name}"`);
    pages.set(page.name, page);
  }
  return pages;
}
