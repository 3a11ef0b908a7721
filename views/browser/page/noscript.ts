/**
 * Empties `<noscript>`. When htmx fetches a page for the back button, it parses the HTML with scripting off, so
 * `<noscript>` would become real elements with duplicate ids.
 */
export function clearNoscript(): void {
  document.addEventListener("htmx:after:swap", () => {
    for (const element of document.querySelectorAll("noscript")) element.replaceChildren();
  });
}
