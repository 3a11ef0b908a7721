import { Html } from "@elysiajs/html";

import { DocumentTitle } from "../document_title.tsx";
import type { PageAssets } from "../page.tsx";

export interface RepostPageProps {
  assets: Pick<PageAssets, "icon" | "stylesheet"> & { repost: string };
  /** The address to post the same fields to. */
  action: string;
  fields: [name: string, value: string][];
}

/**
 * The answer to a form from Google's site, which carries no cookie of ours. It holds the same form and posts it from
 * our own origin. A script posts it at once; browsers without script show a button.
 */
export function RepostPage({ assets, action, fields }: RepostPageProps) {
  return (
    <>
      {"<!doctype html>"}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <DocumentTitle title="Signing in" />
          <link rel="icon" href={assets.icon} type="image/svg+xml" />
          <link rel="stylesheet" href={assets.stylesheet} />
          <script type="module" src={assets.repost}></script>
        </head>
        <body>
          <main>
            <form class="card" method="post" action={action}>
              <h1>One more step</h1>
              <p>Google has answered. Go on to finish signing in.</p>
              {fields.map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <button type="submit" class="button">
                Continue
              </button>
            </form>
          </main>
        </body>
      </html>
    </>
  );
}
