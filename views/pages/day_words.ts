import { formatNumber } from "../number.ts";

/** The counts of one day. */
export interface Day {
  /** `2026-11-25`, in UTC. */
  day: string;
  signIns: number;
  refusals: number;
}

/** The days in a sentence, for people who cannot see the chart. */
export function describeDays(days: Day[]): string {
  const counts = days.map(({ signIns }) => signIns);
  const [least, most] = [Math.min(...counts), Math.max(...counts)].map(formatNumber);
  const worst = busiestOf(days, ({ refusals }) => refusals);
  const blocked =
    worst.refusals > 0
      ? `Most blocked sign-ins: ${formatNumber(worst.refusals)} on ${nameDay(worst)}.`
      : "No blocked sign-ins.";
  return `Between ${least} and ${most} sign-ins a day. ${blocked}`;
}

const NAMES = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** A day as in "25 Nov". */
export function nameDay(day: Day | undefined): string {
  return day ? NAMES.format(Date.parse(day.day)) : "";
}

/** All sign-ins of a day, blocked or not. */
export function totalOf({ signIns, refusals }: Day): number {
  return signIns + refusals;
}

/** The first of the days with the most of `count`. */
export function busiestOf(days: Day[], count: (day: Day) => number): Day {
  return days.reduce((best, day) => (count(day) > count(best) ? day : best));
}

/** A number of sign-ins in words. */
export function countSignIns(count: number): string {
  return count === 1 ? "1 sign-in" : `${formatNumber(count)} sign-ins`;
}
