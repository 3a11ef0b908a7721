import { PAGE_PATHS } from "../../../src/paths.ts";

const TIMEOUT_MS = 2000;

/**
 * Loads the navigation bars of all tabs one after another. When a new browser restores several tabs at once, each
 * would get its own sign-in cookie, and only the last tab's nonce would be valid.
 */
export function queueNavbarRequests(): void {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.action === PAGE_PATHS.navbar) Object.assign(ctx, { fetch: fetchInTurn });
  });
}

async function fetchInTurn(url: string, init: RequestInit): Promise<Response> {
  // A tab that hangs must not block the others.
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await navigator.locks.request(PAGE_PATHS.navbar, { signal }, () => fetch(url, init));
  } catch (error) {
    if (error !== signal.reason) throw error;
    return fetch(url, init);
  }
}
