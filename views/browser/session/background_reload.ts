import { readShownSession } from "./shown_session.ts";
import { reload } from "./tabs.ts";

/** Marks the requests that an event caused and no person: they do not keep a session alive. */
export function markReloads(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const isReload = ["LoginStatusChange", "stale"].includes(ctx.sourceEvent?.type ?? "");
    if (isReload) ctx.request.headers["X-Background"] = "1";
  });
}

/**
 * Leaves nothing of a person's in a page that the browser keeps for its back button: whoever comes back to it
 * may be somebody else. It loads itself anew then.
 */
export function emptyKeptPage(): void {
  window.addEventListener("pagehide", ({ persisted }) => {
    if (!persisted || !readShownSession()) return;
    document.getElementById("content_section")?.replaceChildren();
    document.querySelector("#auth_navbar .account")?.replaceChildren();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) reload();
  });
}
