import { PATHS } from "../../../src/paths.ts";
import { readShownSession } from "./shown_session.ts";
import { StatusStream } from "./status_stream.ts";
import { shareLock } from "./tab_lock.ts";
import { reload, reloadTabs } from "./tabs.ts";

/**
 * Follows the login status as the server sees it: sessions that end elsewhere, what an administrator does.
 * One tab does so for all, as a browser opens no more than six connections to a host.
 */
export function followLoginStatus(): void {
  const stream = new StatusStream({ hear: reloadTabs, check: checkSession });
  let isLeading = false;
  const follow = () => stream.follow(isLeading ? (readShownSession() ?? "") : "");
  const lead = (leads: boolean) => {
    isLeading = leads;
    follow();
  };
  shareLock(PATHS.events, { take: () => lead(true), lose: () => lead(false) });
  document.addEventListener("htmx:after:swap", follow);
  // In case a word was lost, while the machine slept or the tab was frozen.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void checkSession();
  });
}

/** Asks whether the person whom the page shows is still signed in; if not, the page loads itself anew. */
async function checkSession(): Promise<void> {
  const session = readShownSession();
  if (!session) return;
  try {
    const headers = { "X-Signed-In-As": session };
    const { status } = await fetch(PATHS.isAuthenticated, { headers });
    if (status === 401 || status === 409) reload();
  } catch {
    // Out of reach: what is asked for next will say so.
  }
}
