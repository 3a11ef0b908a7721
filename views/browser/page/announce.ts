import { CONTENT } from "./parts.ts";

/**
 * Says what a list shows when a link has changed it: another page, order or filter. A status that is swapped in with
 * the content would not be heard. Views mark the text with `data-announced`; `views/messages.tsx` has the place.
 */
export function announceLists(): void {
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (!ctx?.push || ctx.target?.id !== CONTENT) return;
    const text = document.querySelector(`#${CONTENT} [data-announced]`)?.textContent ?? "";
    document.querySelector("[data-announcement]")?.replaceChildren(text);
  });
}
