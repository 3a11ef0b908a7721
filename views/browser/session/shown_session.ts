/** The element of the navigation bar that names the session. It is missing while the bar loads or is refused. */
const HOLDER = "#auth_navbar [data-session]";

function findSessionHolder(): HTMLElement | null {
  return document.querySelector<HTMLElement>(HOLDER);
}

/** The session's name that the page shows: `""` for an anonymous page, `null` while it is unknown. */
export function readShownSession(): string | null {
  return findSessionHolder()?.dataset.session ?? null;
}

/** The idle time of the session in seconds, or `null`. */
export function readMaxAge(): number | null {
  return Number(findSessionHolder()?.dataset.max_age) || null;
}

/**
 * Sends the shown session with each htmx request. A page of one person must not act for a different person who
 * has signed in in another tab.
 */
export function sendShownSession(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const session = readShownSession();
    if (session) ctx.request.headers["X-Signed-In-As"] = session;
  });
}
