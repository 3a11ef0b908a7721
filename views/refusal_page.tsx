import { Html } from "@elysiajs/html";

import { Page, type PageProps } from "./page.tsx";
import { Refused } from "./refused.tsx";

/** The page for a refused request. */
export function RefusalPage({
  sentence,
  retry,
  ...page
}: Omit<PageProps, "title"> & { sentence: string; retry?: string | undefined }) {
  return (
    <Page title={sentence} {...page}>
      <main id="content_section" tabindex="-1">
        <Refused sentence={sentence} retry={retry} />
      </main>
    </Page>
  );
}
