import { Html } from "@elysiajs/html";

import type { Brand } from "../../src/config_brand.ts";
import { DocumentHead, type PageAssets } from "../document_head.tsx";
import type { Words } from "../words/words.ts";

export interface RepostPageProps {
  words: Words;
  brand: Brand;
  assets: PageAssets;
  /** The address to post the same fields to. */
  action: string;
  fields: [name: string, value: string][];
}

/**
 * The answer to a form from Google's site, which carries no cookie of ours. It holds the same form and posts it from
 * our own origin. A script posts it at once; browsers without script show a button.
 */
export function RepostPage({ words, brand, assets, action, fields }: RepostPageProps) {
  return (
    <>
      {"<!doctype html>"}
      <html lang={words.lang}>
        <head>
          <DocumentHead
            words={words}
            title="Signing you in"
            brand={brand}
            assets={assets}
            script={assets.repost}
          />
        </head>
        <body>
          <main>
            <form class="card center" method="post" action={action}>
              <h1>Almost done</h1>
              <p>Continue to finish signing in.</p>
              {fields.map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <button type="submit" class="button main">
                Continue
              </button>
            </form>
          </main>
        </body>
      </html>
    </>
  );
}
