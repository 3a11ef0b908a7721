import type { Words } from "../words/words.ts";

/** The counts of one day. */
export interface Day {
  /** `2026-11-25`, in UTC. */
  day: string;
  signIns: number;
  refusals: number;
}

/** The days in a sentence, for people who cannot see the chart. */
export function describeDays(days: Day[], words: Words): string {
  const { between, mostBlocked, noneBlocked } = words.overview;
  const counts = days.map(({ signIns }) => signIns);
  const worst = busiestOf(days, ({ refusals }) => refusals);
  const blocked =
    worst.refusals > 0 ? mostBlocked(worst.refusals, nameDay(worst, words)) : noneBlocked;
  return `${between(Math.min(...counts), Math.max(...counts))} ${blocked}`;
}

/** A day as in "25 Nov". */
export function nameDay(day: Day | undefined, { formats }: Words): string {
  return day ? formats.shortDay(Date.parse(day.day)) : "";
}

/** All sign-ins of a day, blocked or not. */
export function totalOf({ signIns, refusals }: Day): number {
  return signIns + refusals;
}

/** The first of the days with the most of `count`. */
export function busiestOf(days: Day[], count: (day: Day) => number): Day {
  return days.reduce((best, day) => (count(day) > count(best) ? day : best));
}
