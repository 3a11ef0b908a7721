import { readShownSession } from "./shown_session.ts";
import { reload } from "./tabs.ts";

/** Marks requests that were caused by an event, not by a person. They do not keep a session alive. */
export function markReloads(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const isReload = ["LoginStatusChange", "stale"].includes(ctx.sourceEvent?.type ?? "");
    if (isReload) ctx.request.headers["X-Background"] = "1";
  });
}

/**
 * Removes personal data from a page before it enters the browser's back/forward cache: a different person may
 * come back to it. The page reloads its parts then.
 */
export function clearCachedPage(): void {
  window.addEventListener("pagehide", ({ persisted }) => {
    if (!persisted || !readShownSession()) return;
    document.getElementById("content_section")?.replaceChildren();
    document.querySelector("#auth_navbar .account")?.replaceChildren();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) reload();
  });
}
