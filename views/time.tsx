import { Html } from "@elysiajs/html";

import { clampTime } from "./words/formats.ts";
import type { Words } from "./words/words.ts";

export interface TimeProps {
  words: Words;
  /** In milliseconds since 1970. */
  at: number;
  /**
   * How the browser writes it. `minute`: date and time. `day`: the date alone. `time`: the time alone. `ago`: "2 hours
   * ago" within a week. `active`: the same, but "now" for the last two minutes. `heading`: the date, with "Today"
   * or "Yesterday".
   */
  as?: "minute" | "day" | "time" | "ago" | "active" | "heading";
}

/**
 * A time in UTC, so that it is right without script. views/browser/page/times.ts writes it for the reader's zone and
 * language; the title stays exact.
 */
export function Time({ words, at, as = "minute" }: TimeProps) {
  const iso = new Date(clampTime(at)).toISOString();
  // Years before 0 and after 9999 have a sign and six digits.
  const title = iso.replace("T", " ").replace(/:\d\d\.\d{3}Z$/, " UTC");
  return (
    <time datetime={iso} title={title} data-time={as} safe>
      {writeTime(as, words)(at)}
    </time>
  );
}

function writeTime(as: TimeProps["as"], { formats }: Words): (at: number) => string {
  if (as === "time") return formats.time;
  return as === "day" || as === "heading" ? formats.day : formats.minute;
}

/** A date of the calendar, which is the same in every zone. `date` is in ISO 8601, `2024-05-31`. */
export function CalendarDate({ words, date }: { words: Words; date: string }) {
  const at = Date.parse(date);
  return (
    <time datetime={date} data-time="date" safe>
      {Number.isNaN(at) ? date : words.formats.day(at)}
    </time>
  );
}
