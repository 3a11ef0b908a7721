import { Html } from "@elysiajs/html";

import { Page, type PageProps } from "./page.tsx";
import type { RefusalProps } from "./refusal_parts.tsx";
import { documentTitleOf, Refused } from "./refused.tsx";

/** The page for a refused request. */
export function RefusalPage({
  refusal,
  ...page
}: Omit<PageProps, "title"> & { refusal: RefusalProps }) {
  return (
    <Page title={documentTitleOf(refusal)} {...page}>
      <main id="content_section" tabindex="-1">
        <Refused {...refusal} />
      </main>
    </Page>
  );
}
