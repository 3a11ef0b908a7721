import { lazily } from "../lazily.ts";

/** How a language writes numbers, dates and durations. Dates are in UTC: on the server no other zone is known. */
export interface Formats {
  /** 5,002 */
  number(value: number): string;
  /** 25 Nov, for milliseconds since 1970. */
  shortDay(at: number): string;
  /** 18:47, for milliseconds since 1970. */
  time(at: number): string;
  /** 25 Nov 2026, for milliseconds since 1970. */
  day(at: number): string;
  /** 25 Nov 2026, 18:47 UTC, for milliseconds since 1970. */
  minute(at: number): string;
  /** The largest unit that a duration in milliseconds is a multiple of: "7 days", "90 seconds". */
  duration(ms: number): string;
  /** The form for a count: `plural(2, { one: "device", other: "devices" })` is "2 devices". */
  plural(count: number, forms: PluralForms): string;
  /** "a, b or c". */
  either(items: readonly string[]): string;
}

/** The words behind a number. Languages with more forms than one and other name those, too. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** The earliest and the latest time that a date can hold, in milliseconds since 1970. */
const LAST_TIME_MS = 8.64e15;

/** A time that a date can hold: a row of the database may hold any number. */
export function clampTime(at: number): number {
  return Math.min(Math.max(at, -LAST_TIME_MS), LAST_TIME_MS);
}

/** Creates the formats of a locale once; each `Intl` formatter costs too much for every request, and for a start. */
export function createFormats(locale: string): Formats {
  const numbers = lazily(() => new Intl.NumberFormat(locale));
  const rules = lazily(() => new Intl.PluralRules(locale));
  const dates = (options: Intl.DateTimeFormatOptions) =>
    lazily(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }));
  const days = dates({ dateStyle: "medium" });
  const shortDays = dates({ day: "numeric", month: "short" });
  const times = dates({ timeStyle: "short" });
  const minutes = dates({ dateStyle: "medium", timeStyle: "short" });
  const alternatives = lazily(() => new Intl.ListFormat(locale, { type: "disjunction" }));
  const durations = UNITS.map(([unit, length]) => ({
    length,
    numbers: lazily(
      () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }),
    ),
  }));
  return {
    number: (value) => numbers().format(value),
    shortDay: (at) => shortDays().format(clampTime(at)),
    time: (at) => times().format(clampTime(at)),
    day: (at) => days().format(clampTime(at)),
    minute: (at) => `${minutes().format(clampTime(at))} UTC`,
    duration(ms) {
      const whole = durations.find(({ length }) => ms % length === 0) ?? durations.at(-1);
      return whole?.numbers().format(Math.round(ms / whole.length)) ?? "";
    },
    either: (items) => alternatives().format(items),
    plural: (count, forms) =>
      `${numbers().format(count)} ${forms[rules().select(count)] ?? forms.other}`,
  };
}
