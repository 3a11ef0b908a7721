import { Html } from "@elysiajs/html";

import { Icon } from "./icon.tsx";
import { PageLink } from "./page_link.tsx";

/** A page in the menu. */
export interface MenuItem {
  name: string;
  title: string;
  /** Whether people have to sign in to open it. */
  isLocked: boolean;
}

/** The menu of pages: a row, or on small windows a list that a button opens. */
export function Menu({ items }: { items: MenuItem[] }) {
  return (
    <>
      <button
        type="button"
        class="button plain icon menu-button"
        popovertarget="menu"
        aria-label="Menu"
      >
        <Icon name="menu" />
      </button>
      <ul id="menu" class="menu" popover>
        {items.map(({ name, title, isLocked }) => (
          <li>
            <PageLink name={name}>
              <span safe>{title}</span>
              {isLocked ? (
                <>
                  <Icon name="lock" size={0.9375} />
                  <span class="hear">(sign in to open)</span>
                </>
              ) : null}
            </PageLink>
          </li>
        ))}
      </ul>
    </>
  );
}
