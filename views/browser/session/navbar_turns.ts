import { PATHS } from "../../../src/paths.ts";

const PATIENCE_MS = 2000;

/**
 * Lets the tabs of a browser load their navigation bars one after another: restored together in a fresh
 * browser, each would be given a sign-in cookie, and only the last one's nonce would count.
 */
export function takeTurns(): void {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.action === PATHS.navbar) Object.assign(ctx, { fetch: fetchInTurn });
  });
}

async function fetchInTurn(url: string, init: RequestInit): Promise<Response> {
  // A tab that hangs must not hold up the others.
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await navigator.locks.request(PATHS.navbar, { signal }, () => fetch(url, init));
  } catch (error) {
    if (error !== signal.reason) throw error;
    return fetch(url, init);
  }
}
