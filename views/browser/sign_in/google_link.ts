import { googlePath } from "../../../src/paths.ts";

/** Has every link to Google's page lead back to the page that the person has gone on to. */
export function followPage(): void {
  document.addEventListener("htmx:after:history:push", () => {
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a.google-link")) {
      link.href = googlePath(location.pathname);
    }
  });
}
