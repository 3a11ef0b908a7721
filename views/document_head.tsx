import { Html } from "@elysiajs/html";

import type { Brand } from "../src/config/brand.ts";
import { DocumentTitle } from "./document_title.tsx";
import type { Words } from "./words/words.ts";

/** The addresses of a document's own files. */
export interface PageAssets {
  stylesheet: string;
  brandStylesheet: string | null;
  script: string;
  repost: string;
  logo: string | null;
  icon: { path: string; type: string };
  phoneIcon: string | null;
  manifest: string;
}

export interface DocumentHeadProps {
  words: Words;
  title: string;
  brand: Brand;
  assets: PageAssets;
  /** The script that the document runs, or `null`. */
  script: string | null;
}

// The content security policy forbids htmx's own style element.
const HTMX_CONFIG = JSON.stringify({ includeIndicatorCSS: false });

/** What the head of every document holds. */
export function DocumentHead({ words, title, brand, assets, script }: DocumentHeadProps) {
  const { headline = words.front.headline, lead = words.front.lead } = brand;
  return (
    <>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="htmx-config" content={HTMX_CONFIG} />
      <DocumentTitle title={title} appName={brand.name} />
      <meta name="description" content={lead} />
      <meta name="theme-color" content={brand.color} />
      <meta property="og:site_name" content={brand.name} />
      <meta property="og:title" content={headline} />
      <meta property="og:description" content={lead} />
      <link rel="icon" href={assets.icon.path} type={assets.icon.type} />
      {assets.phoneIcon ? <link rel="apple-touch-icon" href={assets.phoneIcon} /> : null}
      <link rel="manifest" href={assets.manifest} />
      {/* With this id, Google's script adds no style element. */}
      <link rel="stylesheet" href={assets.stylesheet} id="googleidentityservice_button_styles" />
      {assets.brandStylesheet ? <link rel="stylesheet" href={assets.brandStylesheet} /> : null}
      {script ? <script type="module" src={script}></script> : null}
    </>
  );
}
