import { Html } from "@elysiajs/html";

import { ADMIN, ADMIN_INVITATIONS, ADMIN_PEOPLE, AUDIT_LOG, pagePath } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import type { Words } from "../words/words.ts";

/** The pages of administrators, in the order of their tabs. */
const TABS = {
  [ADMIN]: ({ overview }) => overview.title,
  [ADMIN_PEOPLE]: ({ people }) => people.title,
  [ADMIN_INVITATIONS]: ({ invitations }) => invitations.title,
  [AUDIT_LOG]: ({ auditLog }) => auditLog.title,
} satisfies Record<string, (words: Words) => string>;

export interface AdminTabsProps {
  current: keyof typeof TABS;
  words: Words;
}

/** The tabs of the pages for administrators. `data-part-of` is the page that the menu marks for all of them. */
export function AdminTabs({ current, words }: AdminTabsProps) {
  return (
    <nav aria-label={words.menu.admin} data-part-of={pagePath(ADMIN)}>
      <ul class="tabs">
        {Object.entries(TABS).map(([name, titleOf]) => (
          <li>
            <PageLink name={name} aria-current={name === current ? "page" : undefined}>
              <span safe>{titleOf(words)}</span>
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
