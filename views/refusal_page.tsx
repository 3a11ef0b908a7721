import { Html } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import { Page, type PageProps } from "./page.tsx";

/** The page for a refused request: one plain sentence, and a link back. */
export function RefusalPage({
  sentence,
  retry,
  ...page
}: Omit<PageProps, "title"> & { sentence: string; retry?: string | undefined }) {
  return (
    <Page title={sentence} {...page}>
      <main id="content_section" tabindex="-1">
        <section class="card refusal">
          <h1 safe>{sentence}</h1>
          {retry ? (
            <p>
              <a class="button" href={retry}>
                Sign in on Google's page
              </a>
            </p>
          ) : null}
          <p>
            <a href={PATHS.page}>To the front page</a>
          </p>
        </section>
      </main>
    </Page>
  );
}
