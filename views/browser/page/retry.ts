import { Backoff } from "./backoff.ts";
import { loadPart } from "./load_part.ts";
import { showStatus } from "./message.ts";
import { answeredPart } from "./parts.ts";

/** The network works only a moment after the browser's `online` event. */
const SETTLING_MS = 500;

const failed = new Set<string>();
const backoff = new Backoff();

/** Loads failed parts again: after growing pauses, and at once when the network or the person comes back. */
export function healParts(): void {
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (!failed.delete(answeredPart(ctx)) || failed.size > 0) return;
    backoff.reset();
    showStatus("");
  });
  window.addEventListener("online", () => {
    showStatus("");
    setTimeout(retryNow, SETTLING_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) retryNow();
  });
}

/** Notes that a part failed, and loads it later. Returns whether that is news. */
export function retryLater(part: string): boolean {
  const isNews = !failed.has(part);
  failed.add(part);
  backoff.wait(loadFailed);
  return isNews;
}

/** Loads the failed parts at once. */
export function retryNow(): void {
  if (failed.size === 0) return;
  backoff.reset();
  loadFailed();
}

function loadFailed(): void {
  for (const part of failed) loadPart(part);
}
