import { googlePath } from "../../../src/paths.ts";

/** Updates the return path of every link to Google's page when the person opens another page. */
export function updateGoogleLinks(): void {
  document.addEventListener("htmx:after:history:push", update);
  window.addEventListener("popstate", update);
}

function update(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.google-link")) {
    const isAnother = new URL(link.href).searchParams.get("account") === "another";
    const account = isAnother ? ({ account: "another" } as const) : {};
    link.href = googlePath(location.pathname + location.search, account);
  }
}
