import { Html } from "@elysiajs/html";

import {
  AccountButton,
  AccountLinks,
  type AccountMenuPerson,
  AccountOwner,
} from "./account_menu.tsx";
import type { BrandProps } from "./brand.tsx";
import { IdleWarning } from "./idle_warning.tsx";
import { Menu, type MenuItem } from "./menu.tsx";
import { NavbarFrame } from "./navbar.tsx";
import type { Words } from "./words/words.ts";

export interface SignedInNavbarProps {
  words: Words;
  brand: BrandProps;
  menu: MenuItem[];
  person: AccountMenuPerson;
  isAdmin: boolean;
  /** The name of the session, which is not its token. */
  session: string;
  /** The idle time of the session, in seconds. */
  maxAge: number;
  /** The address of the script for signed-in people. */
  script: string;
}

/** The navigation bar for signed-in people: the menu, the person, and sign-out. */
export function SignedInNavbar(props: SignedInNavbarProps) {
  const { words, brand, menu, person, isAdmin, session, maxAge, script } = props;
  return (
    <NavbarFrame words={words} isLoaded={true} brand={brand}>
      <Menu words={words} items={menu} />
      <div class="account" data-session={session} data-max_age={maxAge} data-script={script}>
        <AccountButton words={words} {...person} />
        <div id="account_menu" popover>
          <AccountOwner {...person} />
          <AccountLinks words={words} isAdmin={isAdmin} />
        </div>
      </div>
      <IdleWarning words={words} maxAge={maxAge} />
    </NavbarFrame>
  );
}
