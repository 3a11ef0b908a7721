/** Marks the requests that an event caused and no person: they do not keep a session alive. */
export function markReloads(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const isReload = ["LoginStatusChange", "stale"].includes(ctx.sourceEvent?.type ?? "");
    if (isReload) ctx.request.headers["X-Background"] = "1";
  });
}

/** A page that the back button brings back as it was may show who was signed in then: it asks anew. */
export function reloadRestoredPage(): void {
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.getElementById("content_section")?.replaceChildren();
    document.dispatchEvent(new CustomEvent("LoginStatusChange"));
  });
}
