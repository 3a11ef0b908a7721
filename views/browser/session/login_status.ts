import { PAGE_PATHS } from "../../../src/paths.ts";
import { isOurs, readViewer } from "../page/answer.ts";
import type { Shell } from "./shell.ts";
import { readShownSession } from "./shown_session.ts";
import { StatusStream } from "./status_stream.ts";
import { shareLock } from "./tab_lock.ts";

/** What follows the login status: the page's script, and what else only one tab does. */
export interface LoginStatusFollower {
  shell: Shell;
  /** Called when this tab takes or loses the lead. */
  lead(isLeading: boolean): void;
}

/**
 * Follows changes of the login status on the server: sessions that end elsewhere, acts of an administrator. One
 * tab does this for all tabs, because a browser opens at most six connections to a host.
 */
export function followLoginStatus({ shell, lead }: LoginStatusFollower): void {
  const check = () => checkSession(shell);
  const stream = new StatusStream({ onChange: shell.reloadTabs, check });
  let isLeading = false;
  const follow = () => stream.follow(isLeading ? (readShownSession() ?? "") : "");
  const takeLead = (leads: boolean) => {
    isLeading = leads;
    follow();
    lead(leads);
  };
  shareLock(PAGE_PATHS.events, { take: () => takeLead(true), lose: () => takeLead(false) });
  document.addEventListener("htmx:after:swap", follow);
  // In case an event was lost while the machine slept, the tab was frozen or the network was away.
  window.addEventListener("online", () => void check());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void check();
  });
}

/** Asks whether the shown session and its rights are still valid. If not, the page reloads its parts. */
async function checkSession({ reload, shownViewer }: Shell): Promise<void> {
  const session = readShownSession();
  if (!session) return;
  try {
    const headers = { "X-Signed-In-As": session };
    const response = await fetch(PAGE_PATHS.isAuthenticated, { headers });
    const isStale = response.status === 409 || readViewer(response) !== shownViewer();
    if (isOurs(response) && isStale) reload();
  } catch {
    // The server is unreachable. The next request will report it.
  }
}
