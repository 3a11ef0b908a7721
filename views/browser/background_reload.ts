/** Marks the requests that an event caused and no person: they do not keep a session alive. */
export function markReloads(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: RequestContext }>).detail;
    if (ctx.sourceEvent?.type === "LoginStatusChange") ctx.request.headers["X-Background"] = "1";
  });
}

/** The part of htmx's request context that is read here. */
interface RequestContext {
  sourceEvent?: Event;
  request: { headers: Record<string, string> };
}
