import { Html } from "@elysiajs/html";

import { HiddenFields, StandInPage } from "./page_layout.tsx";

/** The last page of a redirect flow. It posts a form to the application. */
export function drawFormPost(target: string, fields: Record<string, string>): string {
  return String(
    <StandInPage title="One moment" script="/gsi/form_post.js">
      <body class="chooser">
        <main>
          <form method="post" action={target}>
            <HiddenFields fields={fields} />
            <p>One moment …</p>
            <noscript>
              <button type="submit">Continue</button>
            </noscript>
          </form>
        </main>
      </body>
    </StandInPage>,
  );
}
