/** The element in which the navigation bar says whose page this is; there is none while it loads or is refused. */
const HOLDER = "#auth_navbar [data-session]";

/** The element that names the session, if the navigation bar has come. */
export function findSessionHolder(): HTMLElement | null {
  return document.querySelector<HTMLElement>(HOLDER);
}

/** What the page shows: the session's name, `""` when nobody is signed in, `null` while that is not known. */
export function readShownSession(): string | null {
  return findSessionHolder()?.dataset.session ?? null;
}

/** After how many seconds without activity the session ends, or `null`. */
export function readMaxAge(): number | null {
  return Number(findSessionHolder()?.dataset.max_age) || null;
}

/**
 * Tells the server with each request of htmx's for whom this page was drawn: one that was drawn for one
 * person must not act for another, who has signed in meanwhile in another tab.
 */
export function nameSession(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const session = readShownSession();
    if (session) ctx.request.headers["X-Signed-In-As"] = session;
  });
}
