import { Html, type PropsWithChildren } from "@elysiajs/html";

import { DocumentTitle } from "./document_title.tsx";
import { Messages } from "./messages.tsx";
import { NavbarPlaceholder } from "./navbar.tsx";

/** The addresses of the document's own files. */
export interface PageAssets {
  stylesheet: string;
  script: string;
  icon: string;
}

export interface PageProps {
  title: string;
  assets: PageAssets;
  /** The origin of Google's script, or `null` if it is not needed. */
  googleOrigin: string | null;
  /** What the page shows without JavaScript. */
  withoutScript?: JSX.Element;
}

// The content security policy forbids htmx's own style element.
const HTMX_CONFIG = JSON.stringify({ includeIndicatorCSS: false });

/** A complete document. The navigation bar loads itself; `children` is the content section. */
export function Page({
  title,
  assets,
  googleOrigin,
  withoutScript,
  children,
}: PropsWithChildren<PageProps>) {
  return (
    <>
      {"<!doctype html>"}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="htmx-config" content={HTMX_CONFIG} />
          <DocumentTitle title={title} />
          <link rel="icon" href={assets.icon} type="image/svg+xml" />
          {/* With this id, Google's script adds no style element. */}
          <link
            rel="stylesheet"
            href={assets.stylesheet}
            id="googleidentityservice_button_styles"
          />
          {googleOrigin ? <link rel="preconnect" href={googleOrigin} /> : null}
          <script type="module" src={assets.script}></script>
        </head>
        <body>
          <a class="skip" href="#content_section">
            Skip to content
          </a>
          <header>
            <NavbarPlaceholder />
          </header>
          <Messages />
          {withoutScript ? <noscript>{withoutScript as "safe"}</noscript> : null}
          {children as "safe"}
        </body>
      </html>
    </>
  );
}
