import { reload } from "../session/tabs.ts";
import { showMessage } from "./message.ts";

const UNREACHABLE = "The server cannot be reached.";
/** A network can be used a moment after the browser says that it is back. */
const SETTLING_MS = 500;
const OFFLINE = "You are offline. What you see may be out of date.";

/** Says what went wrong with a request that changed nothing on the page, and offers to try again. */
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

/** The sentence in a problem document (RFC 9457); a refusal that is HTML has been swapped in, and says it itself. */
function readDetail(type: string | null | undefined, text: string): string | null {
  return type?.startsWith("application/problem+json") ? JSON.parse(text).detail : null;
}

/** Does once more what failed: what a person clicked is clicked, what loads itself loads itself. */
function retry(element: Element): void {
  showMessage("");
  if (element.isConnected && element.matches("a, button")) (element as HTMLElement).click();
  else reload();
}
