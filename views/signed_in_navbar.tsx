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

/** Placeholder for personal data. It never occurs in our markup. */
const SLOT = "\0";

export interface SignedInNavbarProps {
  words: Words;
  brand: BrandProps;
  menu: MenuItem[];
  isAdmin: boolean;
  /** The idle time of the session, in seconds. */
  maxAge: number;
  /** The address of the script for signed-in people. */
  script: string;
}

/** The signed-in person and the name of the session, which is not its token. */
export interface AccountProps {
  person: AccountMenuPerson;
  session: string;
}

/**
 * Precompiles the navigation bar for signed-in people: the menu, the person, and sign-out. Only the person differs,
 * so the rest is drawn once. The returned function inserts the person.
 */
export function signedInNavbar({
  words,
  brand,
  menu,
  isAdmin,
  maxAge,
  script,
}: SignedInNavbarProps) {
  const [beforeSession = "", beforeButton = "", beforeOwner = "", after = ""] = String(
    <NavbarFrame words={words} isLoaded={true} brand={brand}>
      <Menu words={words} items={menu} />
      <div class="account" data-session={SLOT} data-max_age={maxAge} data-script={script}>
        {SLOT as "safe"}
        <div id="account_menu" popover>
          {SLOT as "safe"}
          <AccountLinks words={words} isAdmin={isAdmin} />
        </div>
      </div>
      <IdleWarning words={words} maxAge={maxAge} />
    </NavbarFrame>,
  ).split(SLOT);
  // Built without TSX, so the attribute value is escaped here.
  return ({ person, session }: AccountProps): JSX.Element =>
    `${beforeSession}${Html.escapeHtml(session)}${beforeButton}${String(<AccountButton words={words} {...person} />)}${beforeOwner}${String(<AccountOwner {...person} />)}${after}`;
}
