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

/**
 * A time in UTC, so that it is right without script. views/browser/page/times.ts writes it for the reader's zone and
 * language; the title stays exact.
 */
export function Time({ at, as = "minute" }: TimeProps) {
  const iso = new Date(at).toISOString();
  const title = `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
  return (
    <time datetime={iso} title={title} data-time={as} safe>
      {as === "day" ? DAY.format(at) : describeMinute(at)}
    </time>
  );
}

/** A time in words, where no element can stand: "25 Nov 2026, 18:47 UTC". */
export function describeMinute(at: number): string {
  return `${MINUTE.format(at)} UTC`;
}

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
const MINUTE = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});
