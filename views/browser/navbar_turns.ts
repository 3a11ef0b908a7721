import { PATHS } from "../../src/paths.ts";

/**
 * Lets the tabs of a browser load their navigation bars one after another: restored together in a fresh
 * browser, each would be given a sign-in cookie, and only the last one's nonce would count.
 */
export function takeTurns(): void {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.action === PATHS.navbar) Object.assign(ctx, { fetch: fetchInTurn });
  });
}

function fetchInTurn(url: string, init: RequestInit): Promise<Response> {
  return navigator.locks.request(PATHS.navbar, () => fetch(url, init));
}
