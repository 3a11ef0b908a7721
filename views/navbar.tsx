import { Html, type PropsWithChildren } from "@elysiajs/html";

import { ACCOUNT, PATHS } from "../src/paths.ts";
import { Menu, type MenuItem } from "./menu.tsx";
import { PageLink } from "./page_link.tsx";
import { PersonFace, type PersonFaceProps } from "./person.tsx";

/** The navigation bar's outer element, the same in the page and in the fragment; it loads itself anew. */
function NavbarFrame({ isLoaded, children }: PropsWithChildren<{ isLoaded: boolean }>) {
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
      <a class="brand" href={PATHS.page}>
        <span class="brand-mark" aria-hidden="true"></span>Foyer
      </a>
      {children as "safe"}
    </nav>
  );
}

/** What stands in the page until the navigation bar has arrived; its place is the same. */
export function NavbarPlaceholder() {
  return (
    <NavbarFrame isLoaded={false}>
      <ul class="menu"></ul>
      <div class="account" />
    </NavbarFrame>
  );
}

export interface AnonymousNavbarProps {
  menu: JSX.Element;
  /** For how many seconds what is in it can be used; then it loads itself anew. */
  maxAge: number;
}

/** For anonymous people: the menu, and as `children` the way in. */
export function AnonymousNavbar({
  menu,
  maxAge,
  children,
}: PropsWithChildren<AnonymousNavbarProps>) {
  return (
    <NavbarFrame isLoaded={true}>
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

/** Stands where something of the person's will; no text of ours has this character. */
const SLOT = "\0";

export interface SignedInNavbarProps {
  menu: MenuItem[];
  /** After how many seconds without activity the session ends. */
  maxAge: number;
}

/** Whose page it is: the person, and the name of the session, which is not its value. */
export interface AccountProps {
  person: PersonFaceProps & { email: string };
  session: string;
}

/**
 * For whoever is signed in: the menu, who they are, and the way out. Only the person differs, so the rest
 * is drawn once, and the function that comes back draws the person into it.
 */
export function signedInNavbar({ menu, maxAge }: SignedInNavbarProps) {
  const [beforeSession = "", beforeEmail = "", beforeFace = "", after = ""] = String(
    <NavbarFrame isLoaded={true}>
      <Menu items={menu} />
      <div class="account" data-session={SLOT} data-max_age={maxAge}>
        <PageLink name={ACCOUNT} class="person" title={SLOT}>
          {SLOT as "safe"}
        </PageLink>
        <button type="button" class="button" hx-post={PATHS.logout} hx-swap="none">
          Sign out
        </button>
      </div>
    </NavbarFrame>,
  ).split(SLOT);
  // Put together without TSX, so what goes into the two attributes is escaped here.
  return ({ person, session }: AccountProps): JSX.Element =>
    `${beforeSession}${Html.escapeHtml(session)}${beforeEmail}${Html.escapeHtml(person.email)}${beforeFace}${String(<PersonFace {...person} />)}${after}`;
}

/** When the navigation bar itself had to be refused: why, and a way to try again. */
export function RefusedNavbar({ sentence }: { sentence: string }) {
  return (
    <NavbarFrame isLoaded={true}>
      <ul class="menu"></ul>
      <div class="account">
        <span class="note" role="alert" safe>
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
