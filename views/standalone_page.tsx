import { Html } from "@elysiajs/html";

import { BrandLink } from "./brand.tsx";
import { DocumentTitle } from "./document_title.tsx";
import type { PageLayout } from "./page.tsx";
import type { RefusalProps } from "./refusal_parts.tsx";
import { documentTitleOf, Refused } from "./refused.tsx";

/** What a page needs that can take nothing from where it is shown. */
export interface StandaloneParts {
  /** Our own origin, where all links lead. */
  origin: string;
  /** The whole style sheet. The policy of the answer names its hash. */
  style: string;
  /** The logo as a `data:` URL, or `null` for the arch. */
  logo: string | null;
  /** The icon as a `data:` URL. Without one, browsers ask the other application for theirs. */
  icon: string;
}

export interface StandaloneRefusalProps {
  refusal: RefusalProps;
  page: Pick<PageLayout, "brand">;
  standalone: StandaloneParts;
}

/** The page for a request that was refused on the origin of another application. */
export function StandaloneRefusal({ refusal, page, standalone }: StandaloneRefusalProps) {
  const { words } = refusal;
  const { origin, style, logo, icon } = standalone;
  const { name } = page.brand;
  return (
    <>
      {"<!doctype html>"}
      <html lang={words.lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <link rel="icon" href={icon} />
          <base href={`${origin}/`} />
          <DocumentTitle title={documentTitleOf(refusal)} appName={name} />
          <style>{style as "safe"}</style>
        </head>
        <body>
          <header>
            <nav class="navbar" aria-label={words.shell.main}>
              <BrandLink name={name} logo={logo} />
            </nav>
          </header>
          <main id="content_section" tabindex="-1">
            <Refused {...refusal} />
          </main>
        </body>
      </html>
    </>
  );
}
