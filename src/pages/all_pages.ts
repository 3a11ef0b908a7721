import { ACCOUNT_PAGE } from "./account.tsx";
import { AUDIT_LOG_PAGE } from "./audit_log.tsx";
import { createFrontPage } from "./front_page.tsx";
import { INVITATIONS_PAGE } from "./invitations.tsx";
import { OVERVIEW_PAGE } from "./overview.tsx";
import type { Page } from "./page.ts";
import { PEOPLE_PAGE } from "./people.tsx";

/** All pages by name. */
export type Pages = ReadonlyMap<string, Page>;

/** The pages that every application has. */
const FOYER_PAGES: Page[] = [
  ACCOUNT_PAGE,
  OVERVIEW_PAGE,
  PEOPLE_PAGE,
  INVITATIONS_PAGE,
  AUDIT_LOG_PAGE,
];

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * Foyer's front page unless the application brings its own, the application's pages, then Foyer's others and `more`.
 * Throws if a name is invalid or used twice.
 */
export function collectPages(own: readonly Page[], more: readonly Page[] = []): Pages {
  const pages = new Map<string, Page>();
  const front = createFrontPage(() => pages.values());
  const isOwnFront = own.some(({ name }) => name === front.name);
  for (const page of [...(isOwnFront ? [] : [front]), ...own, ...FOYER_PAGES, ...more]) {
    if (!NAME.test(page.name))
      throw new Error(`The page name "${page.name}" does not match ${NAME}`);
    if (pages.has(page.name)) throw new Error(`Two pages have the name "${page.name}"`);
    pages.set(page.name, page);
  }
  return pages;
}
