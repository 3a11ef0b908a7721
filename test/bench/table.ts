import type { Slice } from "./paired.ts";
import { drawRows, quantile } from "./report.ts";

/** One line of the table. */
export interface Row {
  work: string;
  measured: string;
  quartiles: string;
  goal: string;
  verdict: "met" | "missed" | "";
  /** It misses half of its goal. */
  isFarOff: boolean;
  /** What else was seen. */
  beside: string;
}

/** A goal: at least so much, or at most. */
export type Goal = { atLeast: number } | { atMost: number };

/** What a value is called, and how it is written. */
export interface Unit {
  name: string;
  digits: number;
}

const COLUMNS = ["", "measured", "quartiles", "goal", "", "beside"];
const RATIO: Unit = { name: "", digits: 2 };

/** The whole table, as text. */
export function drawTable(rows: readonly Row[]): string {
  const cells = rows.map(({ work, measured, quartiles, goal, verdict, beside }) => {
    return [work, measured, quartiles, goal, verdict, beside];
  });
  return drawRows([COLUMNS, ...cells]);
}

/** How a line is written and judged. */
export interface RowOptions {
  goal: Goal | null;
  unit?: Unit;
  /** Which value counts: the median, if nothing is said. */
  at?: number;
  beside?: string;
}

/** A line of values. */
export function row(work: string, values: number[], options: RowOptions): Row {
  const { goal, unit = RATIO, at: counted = 0.5, beside = "" } = options;
  const write = (value: number) => `${value.toFixed(unit.digits)}${unit.name}`;
  const [low = NaN, median = NaN, high = NaN] = [0.25, counted, 0.75].map((at) => {
    return quantile(values, at);
  });
  return {
    work,
    measured: write(median),
    quartiles: values.length > 1 ? `${low.toFixed(unit.digits)} to ${write(high)}` : "",
    goal: goal ? drawGoal(goal, write) : "",
    verdict: goal ? (isMet(goal, median) ? "met" : "missed") : "",
    isFarOff: goal !== null && !isMet(halfOf(goal), median),
    beside,
  };
}

/** A line of the paired ratios of processor time: how much of it the base takes, for one that the other takes. */
export function ratioRow(
  work: string,
  { base, other, goal }: { base: Measured; other: Measured; goal: Goal | null },
): Row {
  const ratios = other.slices.map(({ cpuUs }, at) => (base.slices[at]?.cpuUs ?? NaN) / cpuUs);
  const rates = other.slices.map(({ perSecond }, at) => {
    return perSecond / (base.slices[at]?.perSecond ?? NaN);
  });
  const beside = `${describe(other)}; ${describe(base)}; requests a second ${quantile(rates, 0.5).toFixed(2)}`;
  return row(work, ratios, { goal, beside });
}

/** The slices of one side. */
export interface Measured {
  name: string;
  slices: Slice[];
}

function describe({ name, slices }: Measured): string {
  const [cpuUs, perSecond] = (["cpuUs", "perSecond"] as const).map((key) =>
    Math.round(
      quantile(
        slices.map((slice) => slice[key]),
        0.5,
      ),
    ).toLocaleString("en"),
  );
  return `${name} ${cpuUs} µs, ${perSecond}/s`;
}

function drawGoal(goal: Goal, write: (value: number) => string): string {
  return "atLeast" in goal ? `≥ ${write(goal.atLeast)}` : `≤ ${write(goal.atMost)}`;
}

function isMet(goal: Goal, value: number): boolean {
  return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}

function halfOf(goal: Goal): Goal {
  return "atLeast" in goal ? { atLeast: goal.atLeast / 2 } : { atMost: goal.atMost * 2 };
}
