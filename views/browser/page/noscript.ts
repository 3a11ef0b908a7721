/**
 * Empties what is for browsers without script: htmx parses a page that it fetches for the back button without
 * script, and so would make elements of it, with ids that the content has, too.
 */
export function emptyNoscript(): void {
  document.addEventListener("htmx:after:swap", () => {
    for (const element of document.querySelectorAll("noscript")) element.replaceChildren();
  });
}
