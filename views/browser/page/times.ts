import { groupByDay } from "./day_groups.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

const DAY: Intl.DateTimeFormatOptions = { dateStyle: "medium" };
const MINUTE: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "short" };

/** How `data-time` is written, and for how long a time is "now", where it is relative within a week. */
const KINDS: Record<string, { style: Intl.DateTimeFormatOptions; nowMs?: number }> = {
  minute: { style: MINUTE },
  day: { style: DAY },
  heading: { style: DAY },
  time: { style: { timeStyle: "short" } },
  // A date of the calendar, the same in every zone.
  date: { style: { ...DAY, timeZone: "UTC" } },
  ago: { style: MINUTE, nowMs: MINUTE_MS },
  active: { style: MINUTE, nowMs: 2 * MINUTE_MS },
};

/**
 * Writes the times of the page, which the server writes in UTC, for the reader's zone and language, now, after each
 * swap and each minute. Their titles stay exact. Views mark a time with `data-time` (views/time.tsx).
 */
export function writeTimes(): void {
  const write = () => {
    groupByDay();
    nameTimeZone();
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
  const passedMs = Date.now() - at;
  const language = readLanguage();
  if (kind === "heading") return describeDay(at, language);
  // The clocks of server and reader may differ a little: what seems to come is "now".
  const isRelative = nowMs !== undefined && passedMs > -HOUR_MS && passedMs < WEEK_MS;
  if (!isRelative) return new Intl.DateTimeFormat(language, style).format(at);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (passedMs < nowMs) return relative.format(0, "second");
  if (passedMs < HOUR_MS) return relative.format(-Math.floor(passedMs / MINUTE_MS), "minute");
  if (passedMs < DAY_MS) return relative.format(-Math.floor(passedMs / HOUR_MS), "hour");
  return relative.format(countDays(at), "day");
}

/** "Today, 25 Nov 2026". */
function describeDay(at: number, language: string): string {
  const date = new Intl.DateTimeFormat(language, DAY).format(at);
  const days = countDays(at);
  if (days !== 0 && days !== -1) return date;
  const name = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return `${name.charAt(0).toLocaleUpperCase(language)}${name.slice(1)}, ${date}`;
}

/** Names the zone of the times, in words and in forms with dates. */
function nameTimeZone(): void {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  for (const place of document.querySelectorAll("[data-time_zone]")) {
    if (place instanceof HTMLInputElement) place.value = timeZone;
    else if (place.textContent !== timeZone) place.textContent = timeZone;
  }
}

/** Days in the reader's calendar, as "yesterday" ends at midnight. */
function countDays(at: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  // Not every day has 24 hours.
  return Math.round((midnight(at) - midnight(Date.now())) / DAY_MS);
}

/** The reader's kind of the page's language, such as `de-AT`, as the words around are in that language. */
function readLanguage(): string {
  const { lang } = document.documentElement;
  return navigator.languages.find((language) => isKindOf(language, lang)) ?? lang;
}

/** Whether a tag names a language, maybe for a region. Some browsers have tags such as `en-US@posix`. */
function isKindOf(tag: string, language: string): boolean {
  return tag.split("-", 1)[0] === language && /^\w+(-\w+)*$/.test(tag);
}
