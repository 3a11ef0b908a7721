import { Html } from "@elysiajs/html";

import { Icon } from "./icon.tsx";
import { PageLink } from "./page_link.tsx";
import type { Words } from "./words/words.ts";

/** A page in the menu. */
export interface MenuItem {
  name: string;
  title: string;
  /** Whether people have to sign in to open it. */
  isLocked: boolean;
}

/** The menu of pages: a row, or on small windows a list that a button opens. */
export function Menu({ words, items }: { words: Words; items: MenuItem[] }) {
  const { menu, opensBySignIn } = words.shell;
  return (
    <>
      <button
        type="button"
        class="button plain icon menu-button"
        popovertarget="menu"
        aria-label={menu}
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
                  <span class="hear" safe>
                    {opensBySignIn}
                  </span>
                </>
              ) : null}
            </PageLink>
          </li>
        ))}
      </ul>
    </>
  );
}
