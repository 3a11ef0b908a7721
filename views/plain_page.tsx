import { Html, type PropsWithChildren } from "@elysiajs/html";

import { plainPath, TOP_PAGE } from "../src/paths.ts";
import { BrandLink } from "./brand.tsx";
import { DocumentHead } from "./document_head.tsx";
import { Footer } from "./footer.tsx";
import type { MenuItem } from "./menu.tsx";
import type { PageLayout } from "./page.tsx";
import { GoogleLink } from "./sign_in/google_link.tsx";
import type { Words } from "./words/words.ts";

export interface PlainPageProps extends Omit<PageLayout, "googleOrigin"> {
  words: Words;
  name: string;
  /** The path to return to after a sign-in. */
  path: string;
  title: string;
  menu: MenuItem[];
  /** Who is signed in, or `null`. */
  personName: string | null;
  /** Whether the browser says where its requests come from. Without that, signing in is refused. */
  saysSource: boolean;
  /** Why the session of this browser has ended, if the page does not say so itself. */
  ended: string | null;
  /** Where the form that signs out is posted. */
  logoutPath: string;
}

/** A complete page for browsers without script: the person, the page as `children`, and the way in or out. */
export function PlainPage({ children, ...props }: PropsWithChildren<PlainPageProps>) {
  const {
    words,
    name,
    path,
    title,
    brand,
    assets,
    menu,
    personName,
    saysSource,
    ended,
    logoutPath,
  } = props;
  return (
    <>
      {"<!doctype html>"}
      <html lang={words.lang}>
        <head>
          <DocumentHead {...{ words, title, brand, assets }} script={null} />
        </head>
        <body class="without-script">
          <a class="skip button main" href="#content_section" safe>
            {words.shell.skip}
          </a>
          <header>
            <nav class="navbar" aria-label={words.shell.main}>
              <BrandLink name={brand.name} logo={assets.logo} path={plainPath(TOP_PAGE)} />
              <ul class="menu">
                {menu.map((item) => (
                  <li>
                    <a
                      href={plainPath(item.name)}
                      aria-current={item.name === name ? "page" : undefined}
                      safe
                    >
                      {item.title}
                    </a>
                  </li>
                ))}
              </ul>
              {personName === null ? (
                <GoogleLink path={path} class="button">
                  <span safe>{words.shell.signIn}</span>
                </GoogleLink>
              ) : (
                <form class="account" method="post" action={logoutPath}>
                  <bdi safe>{personName}</bdi>
                  <button type="submit" class="button" safe>
                    {words.shell.signOut}
                  </button>
                </form>
              )}
            </nav>
          </header>
          <main id="content_section" tabindex="-1">
            {ended ? (
              <p class="note" role="status" safe>
                {ended}
              </p>
            ) : null}
            {personName === null && !saysSource ? (
              <p class="note" safe>
                {words.shell.needsSource}
              </p>
            ) : null}
            {children as "safe"}
          </main>
          <Footer words={words} {...brand} />
        </body>
      </html>
    </>
  );
}
