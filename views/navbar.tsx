import { Html, type PropsWithChildren } from "@elysiajs/html";

import { ACCOUNT, PATHS } from "../src/paths.ts";
import { Menu, type MenuItem } from "./menu.tsx";
import { PageLink } from "./page_link.tsx";
import { PersonFace, type PersonFaceProps } from "./person.tsx";

/** The navigation bar's outer element, shared by the document and the fragment. It reloads itself. */
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

/** The placeholder in the document until the navigation bar loads. It has the same size. */
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
  /** When the navigation bar reloads itself, in seconds. */
  maxAge: number;
}

/** The navigation bar for anonymous people: the menu, and the sign-in as `children`. */
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

/** Placeholder for personal data. It never occurs in our markup. */
const SLOT = "\0";

export interface SignedInNavbarProps {
  menu: MenuItem[];
  /** The idle time of the session, in seconds. */
  maxAge: number;
}

/** The signed-in person and the name of the session, which is not its token. */
export interface AccountProps {
  person: PersonFaceProps & { email: string };
  session: string;
}

/**
 * Precompiles the navigation bar for signed-in people: the menu, the person, and sign-out. Only the person differs,
 * so the rest is drawn once. The returned function inserts the person.
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
  // Built without TSX, so the two attribute values are escaped here.
  return ({ person, session }: AccountProps): JSX.Element =>
    `${beforeSession}${Html.escapeHtml(session)}${beforeEmail}${Html.escapeHtml(person.email)}${beforeFace}${String(<PersonFace {...person} />)}${after}`;
}

/** The navigation bar when it was refused itself: the reason, and a button to try again. */
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
