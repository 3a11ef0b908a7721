const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** How `data-time` is written, and for how long a time is "now", where it is relative within a week. */
const KINDS: Record<string, { style: Intl.DateTimeFormatOptions; nowMs?: number }> = {
  minute: { style: { dateStyle: "medium", timeStyle: "short" } },
  day: { style: { dateStyle: "medium" } },
  ago: { style: { dateStyle: "medium", timeStyle: "short" }, nowMs: MINUTE_MS },
  active: { style: { dateStyle: "medium", timeStyle: "short" }, nowMs: 2 * MINUTE_MS },
};

/**
 * Writes the times of the page, which the server writes in UTC, for the reader's zone and language, now, after each
 * swap and each minute. Their titles stay exact. Views mark a time with `data-time` (views/time.tsx).
 */
export function writeTimes(): void {
  const write = () => {
    for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-time]")) {
      const text = describeTime(time.dateTime, time.dataset.time ?? "");
      if (text && time.textContent !== text) time.textContent = text;
    }
  };
  document.addEventListener("htmx:after:swap", write);
  document.addEventListener("visibilitychange", write);
  setInterval(write, MINUTE_MS);
  write();
}

function describeTime(iso: string, kind: string): string {
  const at = Date.parse(iso);
  const { style, nowMs } = KINDS[kind] ?? {};
  if (!style || Number.isNaN(at)) return "";
  const ms = at - Date.now();
  const language = readLanguage();
  if (nowMs === undefined || Math.abs(ms) >= WEEK_MS) {
    return new Intl.DateTimeFormat(language, style).format(at);
  }
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (Math.abs(ms) < nowMs) return relative.format(0, "second");
  if (Math.abs(ms) < HOUR_MS) return relative.format(Math.trunc(ms / MINUTE_MS), "minute");
  if (Math.abs(ms) < DAY_MS) return relative.format(Math.trunc(ms / HOUR_MS), "hour");
  return relative.format(countDays(at), "day");
}

/** Days in the reader's calendar, as "yesterday" ends at midnight. */
function countDays(at: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  // Not every day has 24 hours.
  return Math.round((midnight(at) - midnight(Date.now())) / DAY_MS);
}

/** The reader's kind of the page's language, such as `en-GB`, as the words around are in that language. */
function readLanguage(): string {
  const { lang } = document.documentElement;
  return navigator.languages.find((language) => language.split("-", 1)[0] === lang) ?? lang;
}
