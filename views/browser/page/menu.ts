import { focusContent } from "./page_focus.ts";

/** Marks the menu's entry for the page that is shown, now and after each change, and leads the focus there. */
export function followMenu(): void {
  document.addEventListener("htmx:after:history:push", mark);
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    mark();
    if (ctx?.sourceElement?.matches("a[hx-push-url]")) enterContent();
  });
  mark();
}

/** Goes on from the beginning of the new content, as after any link: for the eye, the keyboard, a screen reader. */
function enterContent(): void {
  focusContent();
  window.scrollTo(0, 0);
}

function mark(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".menu a")) {
    const isCurrent = link.pathname === location.pathname;
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    // In a small window the menu is wider than its place.
    if (isCurrent) link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
