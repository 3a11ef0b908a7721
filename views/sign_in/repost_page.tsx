import { Html } from "@elysiajs/html";

import type { Brand } from "../../src/config/brand.ts";
import { attributeText } from "../attribute_text.ts";
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
  const { title, heading, text, button } = words.signIn.repost;
  return (
    <>
      {"<!doctype html>"}
      <html lang={words.lang}>
        <head>
          <DocumentHead
            words={words}
            title={title}
            brand={brand}
            assets={assets}
            script={assets.repost}
          />
        </head>
        <body>
          <main>
            <form class="card center" method="post" action={action}>
              <h1 safe>{heading}</h1>
              <p safe>{text}</p>
              {fields.map(([name, value]) => (
                <input type="hidden" name={name} value={attributeText(value)} />
              ))}
              <button type="submit" class="button main" safe>
                {button}
              </button>
            </form>
          </main>
        </body>
      </html>
    </>
  );
}
