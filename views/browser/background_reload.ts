/** Marks the requests that an event caused and no person: they do not keep a session alive. */
export function markReloads(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceEvent?.type === "LoginStatusChange") ctx.request.headers["X-Background"] = "1";
  });
}
