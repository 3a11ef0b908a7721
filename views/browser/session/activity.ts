import { PATHS } from "../../../src/paths.ts";
import { readMaxAge } from "./shown_session.ts";

// Not "scroll": a page also scrolls without a person.
const EVENTS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** The shortest time between two reports, as a fraction of the idle time. */
const FRACTION = 0.2;

let reportedAt = Date.now();

/** Reports activity to keep a person signed in who reads or types without sending requests. */
export function reportActivity(): void {
  for (const event of EVENTS) {
    document.addEventListener(event, report, { capture: true, passive: true });
  }
}

function report(): void {
  const maxAge = readMaxAge();
  if (!maxAge || Date.now() - reportedAt < maxAge * 1000 * FRACTION) return;
  reportedAt = Date.now();
  // Any foreground request counts as activity. This is the smallest one.
  void fetch(PATHS.navbar, { method: "HEAD", headers: { "HX-Request": "true" } }).catch(() => {});
}
