import { Backoff } from "../page/backoff.ts";
import { answeredPart, NAVBAR, type RequestContext } from "../page/parts.ts";
import type * as SignedInScript from "../signed_in.ts";
import type { Shell } from "./shell.ts";

async function importScript(path: string): Promise<typeof SignedInScript | null> {
  try {
    return await import(path);
  } catch {
    return null;
  }
}

/**
 * Loads the script for signed-in people, whose address is in their navigation bar. Where that fails, it is loaded
 * again with the next navigation bar, and after growing pauses; the page works without it.
 */
export function loadSignedInScript(shell: Shell): void {
  const backoff = new Backoff();
  let attempts = 0;
  let isBusy = false;

  async function load(response?: RequestContext["response"]): Promise<void> {
    const address = document.querySelector<HTMLElement>("#auth_navbar [data-script]")?.dataset;
    if (!address?.script || isBusy) return;
    isBusy = true;
    backoff.stop();
    // Browsers may remember that an address has failed.
    const query = attempts === 0 ? "" : `?${attempts}`;
    attempts += 1;
    const script = await importScript(address.script + query);
    if (script) return script.followSession(shell, response ?? null);
    isBusy = false;
    backoff.wait(() => void load());
  }

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (answeredPart(ctx) === NAVBAR) void load(ctx.response);
  });
}
