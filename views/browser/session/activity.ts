import type { IdleWarning } from "./idle_warning.ts";
import { readMaxAge } from "./shown_session.ts";

// Not "scroll": a page also scrolls without a person.
const EVENTS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** The shortest time between two reports, as a fraction of the idle time. */
const FRACTION = 0.2;
/** The same while the warning is shown, in milliseconds. */
const URGENT_MS = 1000;

/** Reports activity to keep a person signed in who reads or types without sending requests. */
export function reportActivity(warning: IdleWarning): void {
  // Opening the page was activity.
  const openedAt = Date.now();
  let reportedAt = 0;
  const report = ({ target }: Event) => {
    const maxAge = readMaxAge();
    const [pause, last] = warning.isShown
      ? [URGENT_MS, reportedAt]
      : [Number(maxAge) * 1000 * FRACTION, Math.max(openedAt, reportedAt)];
    // The clock may have been set back.
    if (!maxAge || Math.abs(Date.now() - last) < pause) return;
    // The warning goes with the click on its button, not before it: a link may be under it.
    if (warning.isAround(target)) return;
    reportedAt = Date.now();
    void warning.keepSession();
  };
  for (const event of EVENTS) {
    document.addEventListener(event, report, { capture: true, passive: true });
  }
}
