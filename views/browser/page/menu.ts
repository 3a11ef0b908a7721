import { focusHeading } from "./page_focus.ts";
import { CONTENT, type RequestContext } from "./parts.ts";

/** The link that was clicked last. */
let latest: RequestContext | null = null;

/** Marks the current page in the menu, now and after each change. Moves the focus to a page opened by a link. */
export function markCurrentPage(): void {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.push) latest = ctx;
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    // The content that it was to replace may have been replaced by an event meanwhile.
    const content = document.getElementById(CONTENT);
    if (ctx === latest && content && ctx.target.id === CONTENT) ctx.target = content;
  });
  document.addEventListener("htmx:after:history:push", mark);
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    mark();
    // `ctx.push` was read when the link was clicked: "Next page" and the like are gone by now.
    if (ctx?.push && ctx.target?.id === CONTENT) startAtTop();
  });
  mark();
}

/** Starts at the top of the new page, as after any link: for eyes, keyboard and screen reader. */
function startAtTop(): void {
  focusHeading();
  window.scrollTo(0, 0);
}

function mark(): void {
  // A page can be a part of another one, which the menu has.
  const whole = document.querySelector<HTMLElement>("main [data-part-of]")?.dataset.partOf;
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".menu a")) {
    const isCurrent = [location.pathname, whole].includes(link.pathname);
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    // In a small window the menu scrolls.
    if (isCurrent) link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
