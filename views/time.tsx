import { Html } from "@elysiajs/html";

export interface TimeProps {
  /** In milliseconds since 1970. */
  at: number;
  /**
   * How the browser writes it. `minute`: date and time. `day`: the date alone. `ago`: "2 hours ago" within a week.
   * `active`: the same, but "now" for the last two minutes.
   */
  as?: "minute" | "day" | "ago" | "active";
}

/** The earliest and the latest time that a date can hold, in milliseconds since 1970. */
const LAST_TIME_MS = 8.64e15;

/**
 * A time in UTC, so that it is right without script. views/browser/page/times.ts writes it for the reader's zone and
 * language; the title stays exact.
 */
export function Time({ at, as = "minute" }: TimeProps) {
  const time = toDate(at);
  const iso = time.toISOString();
  // Years before 0 and after 9999 have a sign and six digits.
  const title = iso.replace("T", " ").replace(/:\d\d\.\d{3}Z$/, " UTC");
  return (
    <time datetime={iso} title={title} data-time={as} safe>
      {as === "day" ? DAY.format(time) : describeMinute(at)}
    </time>
  );
}

/** A date of the calendar, which is the same in every zone. `date` is in ISO 8601, `2024-05-31`. */
export function CalendarDate({ date }: { date: string }) {
  const at = Date.parse(date);
  return (
    <time datetime={date} data-time="date" safe>
      {Number.isNaN(at) ? date : DAY.format(at)}
    </time>
  );
}

/** A time in words, where no element can stand: "25 Nov 2026, 18:47 UTC". */
export function describeMinute(at: number): string {
  return `${MINUTE.format(toDate(at))} UTC`;
}

function toDate(at: number): Date {
  return new Date(Math.min(Math.max(at, -LAST_TIME_MS), LAST_TIME_MS));
}

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
const MINUTE = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});
