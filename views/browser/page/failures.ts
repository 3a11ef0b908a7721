import { reload } from "../session/tabs.ts";
import { showMessage } from "./message.ts";

const UNREACHABLE = "The server cannot be reached.";
/** The network works only a moment after the browser's `online` event. */
const SETTLING_MS = 500;
const OFFLINE = "You are offline. What you see may be out of date.";

/** Shows why a request failed, if the page did not change, and offers a retry. */
export function reportFailures(): void {
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (!ctx) return;
    showMessage(navigator.onLine ? UNREACHABLE : OFFLINE, () => retry(ctx.sourceElement));
  });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const detail = readDetail(ctx.response?.headers.get("content-type"), ctx.text ?? "");
    if (detail) showMessage(detail, () => retry(ctx.sourceElement));
  });
  window.addEventListener("offline", () => showMessage(OFFLINE));
  window.addEventListener("online", () => {
    showMessage("");
    setTimeout(reload, SETTLING_MS);
  });
}

/** The sentence in a problem document (RFC 9457), or `null`: an HTML refusal is swapped in and needs no message. */
function readDetail(type: string | null | undefined, text: string): string | null {
  return type?.startsWith("application/problem+json") ? JSON.parse(text).detail : null;
}

/** Retries: clicks a link or button again, or reloads the parts that load themselves. */
function retry(element: Element): void {
  showMessage("");
  if (element.isConnected && element.matches("a, button")) (element as HTMLElement).click();
  else reload();
}
