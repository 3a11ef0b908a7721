import { Html, type PropsWithChildren } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import {
  AccountButton,
  AccountLinks,
  type AccountMenuPerson,
  AccountOwner,
} from "./account_menu.tsx";
import { BrandLink, type BrandProps } from "./brand.tsx";
import { Menu, type MenuItem } from "./menu.tsx";

/** The navigation bar's outer element, shared by the document and the fragment. It reloads itself. */
function NavbarFrame({
  isLoaded,
  brand,
  children,
}: PropsWithChildren<{ isLoaded: boolean; brand: BrandProps }>) {
  return (
    <nav
      id="auth_navbar"
      class="navbar"
      aria-label="Main"
      aria-busy={isLoaded ? "false" : "true"}
      hx-get={PATHS.navbar}
      hx-trigger={`${isLoaded ? "" : "load, "}LoginStatusChange from:document`}
      hx-swap="outerHTML"
      hx-sync="this:replace"
    >
      <BrandLink {...brand} />
      {children as "safe"}
    </nav>
  );
}

/** What stands in the document until the navigation bar loads: its place is the same. */
export function NavbarPlaceholder({
  brand,
  menu,
}: {
  brand: BrandProps;
  menu?: JSX.Element | undefined;
}) {
  return (
    <NavbarFrame isLoaded={false} brand={brand}>
      {(menu ?? <Menu items={[]} />) as "safe"}
      <div class="account"></div>
    </NavbarFrame>
  );
}

export interface AnonymousNavbarProps {
  brand: BrandProps;
  menu: JSX.Element;
  /** When the navigation bar reloads itself, in seconds. */
  maxAge: number;
}

/** The navigation bar for anonymous people: the menu, and the sign-in as `children`. */
export function AnonymousNavbar({
  brand,
  menu,
  maxAge,
  children,
}: PropsWithChildren<AnonymousNavbarProps>) {
  return (
    <NavbarFrame isLoaded={true} brand={brand}>
      {menu as "safe"}
      <refresh-after
        class="account"
        seconds={maxAge}
        hx-get={PATHS.navbar}
        hx-trigger="stale"
        hx-target="#auth_navbar"
        hx-swap="outerHTML"
        data-session=""
      >
        {children as "safe"}
      </refresh-after>
    </NavbarFrame>
  );
}

/** Placeholder for personal data. It never occurs in our markup. */
const SLOT = "\0";

export interface SignedInNavbarProps {
  brand: BrandProps;
  menu: MenuItem[];
  isAdmin: boolean;
  /** The idle time of the session, in seconds. */
  maxAge: number;
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
export function signedInNavbar({ brand, menu, isAdmin, maxAge }: SignedInNavbarProps) {
  const [beforeSession = "", beforeButton = "", beforeOwner = "", after = ""] = String(
    <NavbarFrame isLoaded={true} brand={brand}>
      <Menu items={menu} />
      <div class="account" data-session={SLOT} data-max_age={maxAge}>
        {SLOT as "safe"}
        <div id="account_menu" popover>
          {SLOT as "safe"}
          <AccountLinks isAdmin={isAdmin} />
        </div>
      </div>
    </NavbarFrame>,
  ).split(SLOT);
  // Built without TSX, so the attribute value is escaped here.
  return ({ person, session }: AccountProps): JSX.Element =>
    `${beforeSession}${Html.escapeHtml(session)}${beforeButton}${String(<AccountButton {...person} />)}${beforeOwner}${String(<AccountOwner {...person} />)}${after}`;
}

/** The navigation bar when it was refused itself: the reason, and a button to try again. */
export function RefusedNavbar({ sentence, brand }: { sentence: string; brand: BrandProps }) {
  return (
    <NavbarFrame isLoaded={true} brand={brand}>
      <Menu items={[]} />
      <div class="account">
        <span class="fine" role="alert" safe>
          {sentence}
        </span>
        <button
          type="button"
          class="button"
          hx-get={PATHS.navbar}
          hx-target="#auth_navbar"
          hx-swap="outerHTML"
        >
          Try again
        </button>
      </div>
    </NavbarFrame>
  );
}
