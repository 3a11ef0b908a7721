import { answeredPart, isLoading, NAVBAR } from "../page/parts.ts";
import { readShownSession } from "./shown_session.ts";

const EVENT = "LoginStatusChange";
const channel = new BroadcastChannel(EVENT);

/** A message between tabs: the shown session, or that the login status changed. */
type TabMessage = { session: string } | { isChanged: true };

/**
 * Keeps all tabs on the same session. A tab announces its session after its navigation bar loads, and a tab with a
 * different session reloads its parts. This works for every way to sign in or out.
 */
export function followTabs(): void {
  let sent: string | null = null;
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (answeredPart(ctx) !== NAVBAR) return;
    const session = readShownSession();
    if (session === null || session === sent) return;
    sent = session;
    send({ session });
  });
  channel.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
    if ("isChanged" in data) return reload();
    const shown = readShownSession();
    if (shown === null || data.session === shown) return;
    // The other tab may show the older session, so this tab announces its own after the reload, even if unchanged.
    sent = null;
    if (!isLoading(NAVBAR)) reload();
  });
}

/** Reloads the parts of every tab, including this one. */
export function reloadTabs(): void {
  send({ isChanged: true });
  reload();
}

/** Reloads the navigation bar; the content follows if it must. */
export function reload(): void {
  document.dispatchEvent(new CustomEvent(EVENT));
}

function send(message: TabMessage): void {
  channel.postMessage(message);
}
