import { CONTENT, isQuiet, NAVBAR } from "../page/parts.ts";
import { readShownSession } from "./shown_session.ts";
import { reload } from "./tabs.ts";
import { forgetPart } from "./viewer.ts";

/** Marks requests that were caused by an event, not by a person. They do not keep a session alive. */
export function markReloads(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (isQuiet(ctx)) ctx.request.headers["X-Background"] = "1";
  });
}

/**
 * Removes personal data from a page before it enters the browser's back/forward cache: a different person may
 * come back to it. The page reloads its parts then.
 */
export function clearCachedPage(): void {
  window.addEventListener("pagehide", ({ persisted }) => {
    if (!persisted || !readShownSession()) return;
    for (const id of [NAVBAR, CONTENT]) forgetPart(id);
    document.getElementById(CONTENT)?.replaceChildren();
    document.querySelector("#auth_navbar .account")?.replaceChildren();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) reload();
  });
}
