import { Html, type PropsWithChildren } from "@elysiajs/html";

import type { Brand } from "../src/config/brand.ts";
import { DocumentHead, type PageAssets } from "./document_head.tsx";
import { Footer } from "./footer.tsx";
import { Messages } from "./messages.tsx";
import { NavbarPlaceholder } from "./navbar.tsx";
import type { Words } from "./words/words.ts";

/** What all pages have in common. */
export interface PageLayout {
  assets: PageAssets;
  brand: Brand;
  /** The origin of Google's script, or `null` if it is not needed. */
  googleOrigin: string | null;
}

export interface PageProps extends PageLayout {
  words: Words;
  title: string;
  /** The menu that stands there until the navigation bar loads; none where it is not known. */
  menu?: JSX.Element;
  /** What the page shows without JavaScript. */
  withoutScript?: JSX.Element;
}

/** A complete document. The navigation bar loads itself; `children` is the content section. */
export function Page({ children, ...props }: PropsWithChildren<PageProps>) {
  const { words, title, assets, brand, googleOrigin, menu, withoutScript } = props;
  const head = { words, title, brand, assets };
  return (
    <>
      {"<!doctype html>"}
      <html lang={words.lang}>
        <head>
          <DocumentHead {...head} script={assets.script} />
          {googleOrigin ? <link rel="preconnect" href={googleOrigin} /> : null}
        </head>
        <body>
          <a class="skip button main" href="#content_section" safe>
            {words.shell.skip}
          </a>
          <header>
            <NavbarPlaceholder
              words={words}
              brand={{ name: brand.name, logo: assets.logo }}
              menu={menu}
            />
          </header>
          <Messages words={words} appName={brand.name} />
          {withoutScript ? <noscript>{withoutScript as "safe"}</noscript> : null}
          {children as "safe"}
          <Footer words={words} {...brand} />
        </body>
      </html>
    </>
  );
}
