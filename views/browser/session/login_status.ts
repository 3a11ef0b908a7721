import { PATHS } from "../../../src/paths.ts";
import { isOurs, readViewer } from "../page/answer.ts";
import { readShownSession } from "./shown_session.ts";
import { StatusStream } from "./status_stream.ts";
import { shareLock } from "./tab_lock.ts";
import { reload, reloadTabs } from "./tabs.ts";
import { shownViewer } from "./viewer.ts";

/**
 * Follows changes of the login status on the server: sessions that end elsewhere, acts of an administrator. One
 * tab does this for all tabs, because a browser opens at most six connections to a host.
 */
export function followLoginStatus(): void {
  const stream = new StatusStream({ onChange: reloadTabs, check: checkSession });
  let isLeading = false;
  const follow = () => stream.follow(isLeading ? (readShownSession() ?? "") : "");
  const lead = (leads: boolean) => {
    isLeading = leads;
    follow();
  };
  shareLock(PATHS.events, { take: () => lead(true), lose: () => lead(false) });
  document.addEventListener("htmx:after:swap", follow);
  // In case an event was lost while the machine slept, the tab was frozen or the network was away.
  window.addEventListener("online", () => void checkSession());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void checkSession();
  });
}

/** Asks whether the shown session and its rights are still valid. If not, the page reloads its parts. */
async function checkSession(): Promise<void> {
  const session = readShownSession();
  if (!session) return;
  try {
    const headers = { "X-Signed-In-As": session };
    const response = await fetch(PATHS.isAuthenticated, { headers });
    const isStale = response.status === 409 || readViewer(response) !== shownViewer();
    if (isOurs(response) && isStale) reload();
  } catch {
    // The server is unreachable. The next request will report it.
  }
}
