import { Html } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import { Page, type PageProps } from "./page.tsx";

/** A page in the place of one that was refused: one plain sentence, and the way back. */
export function RefusalPage({
  sentence,
  ...page
}: Omit<PageProps, "title"> & { sentence: string }) {
  return (
    <Page title={sentence} {...page}>
      <main id="content_section" tabindex="-1">
        <section class="card refusal">
          <h1 safe>{sentence}</h1>
          <p>
            <a href={PATHS.page}>To the front page</a>
          </p>
        </section>
      </main>
    </Page>
  );
}
