import { Html, type PropsWithChildren } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import { BrandLink, type BrandProps } from "./brand.tsx";
import { Menu } from "./menu.tsx";
import type { Words } from "./words/words.ts";

/** The navigation bar's outer element, shared by the document and the fragment. It reloads itself. */
export function NavbarFrame({
  words,
  isLoaded,
  brand,
  children,
}: PropsWithChildren<{ words: Words; isLoaded: boolean; brand: BrandProps }>) {
  return (
    <nav
      id="auth_navbar"
      class="navbar"
      aria-label={words.shell.main}
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
  words,
  brand,
  menu,
}: {
  words: Words;
  brand: BrandProps;
  menu?: JSX.Element | undefined;
}) {
  return (
    <NavbarFrame words={words} isLoaded={false} brand={brand}>
      {(menu ?? <Menu words={words} items={[]} />) as "safe"}
      <div class="account"></div>
    </NavbarFrame>
  );
}

export interface AnonymousNavbarProps {
  words: Words;
  brand: BrandProps;
  menu: JSX.Element;
  /** Why the session of this browser has ended, if no page tells it; our script shows it as a message. */
  ended: string | null;
  /** When the navigation bar reloads itself, in seconds. */
  maxAge: number;
}

/** The navigation bar for anonymous people: the menu, and the sign-in as `children`. */
export function AnonymousNavbar({
  words,
  brand,
  menu,
  ended,
  maxAge,
  children,
}: PropsWithChildren<AnonymousNavbarProps>) {
  return (
    <NavbarFrame words={words} isLoaded={true} brand={brand}>
      {menu as "safe"}
      <refresh-after
        class="account"
        seconds={maxAge}
        hx-get={PATHS.navbar}
        hx-trigger="stale"
        hx-target="#auth_navbar"
        hx-swap="outerHTML"
        data-session=""
        data-ended={ended ?? undefined}
      >
        {children as "safe"}
      </refresh-after>
    </NavbarFrame>
  );
}

export interface RefusedNavbarProps {
  words: Words;
  sentence: string;
  brand: BrandProps;
}

/** The navigation bar when it was refused itself: the reason, and a button to try again. */
export function RefusedNavbar({ words, sentence, brand }: RefusedNavbarProps) {
  return (
    <NavbarFrame words={words} isLoaded={true} brand={brand}>
      <Menu words={words} items={[]} />
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
          safe
        >
          {words.shell.tryAgain}
        </button>
      </div>
    </NavbarFrame>
  );
}
