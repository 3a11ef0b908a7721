/** Marks the menu's entry for the page that is shown, now and after each change. */
export function markCurrentPage(): void {
  document.addEventListener("htmx:after:swap", mark);
  mark();
}

function mark(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".menu a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
