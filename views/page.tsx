import { Html, type PropsWithChildren } from "@elysiajs/html";

import type { Brand } from "../src/config_brand.ts";
import { DocumentHead, type PageAssets } from "./document_head.tsx";
import { Footer } from "./footer.tsx";
import { Messages } from "./messages.tsx";
import { NavbarPlaceholder } from "./navbar.tsx";

/** What all pages have in common. */
export interface PageLayout {
  assets: PageAssets;
  brand: Brand;
  /** The origin of Google's script, or `null` if it is not needed. */
  googleOrigin: string | null;
}

export interface PageProps extends PageLayout {
  title: string;
  /** The menu that stands there until the navigation bar loads; none where it is not known. */
  menu?: JSX.Element;
  /** What the page shows without JavaScript. */
  withoutScript?: JSX.Element;
}

/** A complete document. The navigation bar loads itself; `children` is the content section. */
export function Page({ children, ...props }: PropsWithChildren<PageProps>) {
  const { title, assets, brand, googleOrigin, menu, withoutScript } = props;
  return (
    <>
      {"<!doctype html>"}
      <html lang="en">
        <head>
          <DocumentHead title={title} brand={brand} assets={assets} script={assets.script} />
          {googleOrigin ? <link rel="preconnect" href={googleOrigin} /> : null}
        </head>
        <body>
          <a class="skip button main" href="#content_section">
            Skip to content
          </a>
          <header>
            <NavbarPlaceholder brand={{ name: brand.name, logo: assets.logo }} menu={menu} />
          </header>
          <Messages />
          {withoutScript ? <noscript>{withoutScript as "safe"}</noscript> : null}
          {children as "safe"}
          <Footer {...brand} />
        </body>
      </html>
    </>
  );
}
