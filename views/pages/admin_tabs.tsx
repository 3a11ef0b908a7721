import { Html } from "@elysiajs/html";

import { ADMIN, ADMIN_INVITATIONS, ADMIN_PEOPLE, AUDIT_LOG, pagePath } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";

/** The pages of administrators, in the order of their tabs. */
const TABS = [
  [ADMIN, "Overview"],
  [ADMIN_PEOPLE, "People"],
  [ADMIN_INVITATIONS, "Invitations"],
  [AUDIT_LOG, "Audit log"],
] as const;

/** The tabs of the pages for administrators. `data-part-of` is the page that the menu marks for all of them. */
export function AdminTabs({ current }: { current: (typeof TABS)[number][0] }) {
  return (
    <nav aria-label="Admin" data-part-of={pagePath(ADMIN)}>
      <ul class="tabs">
        {TABS.map(([name, title]) => (
          <li>
            <PageLink name={name} aria-current={name === current ? "page" : undefined}>
              {title}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
