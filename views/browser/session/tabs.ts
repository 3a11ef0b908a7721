import { findSessionHolder, readShownSession } from "./shown_session.ts";

const EVENT = "LoginStatusChange";
const channel = new BroadcastChannel(EVENT);

/** What a tab tells the others: whom it shows, or that something about the same person has changed. */
type TabMessage = { session: string } | { isChanged: true };

/**
 * Keeps the tabs of a browser together: each says whom it shows whenever its navigation bar has come anew,
 * and one that shows somebody else loads itself anew. So it does not matter how anybody signed in or out.
 */
export function followTabs(): void {
  let told: string | null = null;
  let toldBy: Element | null = null;
  document.addEventListener("htmx:after:swap", () => {
    const holder = findSessionHolder();
    // Only a navigation bar that has come anew knows; other swaps find the one before.
    if (!holder || holder === toldBy) return;
    toldBy = holder;
    const session = readShownSession();
    if (session === null || session === told) return;
    told = session;
    tell({ session });
  });
  channel.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
    if ("isChanged" in data) return reload();
    const shown = readShownSession();
    if (shown === null || data.session === shown) return;
    // What the other tab shows may be the older: it is to hear what this one finds, the same or not.
    told = null;
    if (!document.querySelector("#auth_navbar.htmx-request")) reload();
  });
}

/** Has every tab of this browser load itself anew, this one included. */
export function reloadTabs(): void {
  tell({ isChanged: true });
  reload();
}

/** Has the parts of this page that depend on who is signed in load themselves anew. */
export function reload(): void {
  document.dispatchEvent(new CustomEvent(EVENT));
}

function tell(message: TabMessage): void {
  channel.postMessage(message);
}
