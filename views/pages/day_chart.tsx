import { Html } from "@elysiajs/html";

import type { Words } from "../words/words.ts";
import { busiestOf, type Day, describeDays, nameDay, totalOf } from "./day_words.ts";

const LINES = 4;
/** The dates below the chart are this many days apart. */
const WEEK = 7;
/** The part of a day's width that its bar takes. */
const BAR = 0.72;
/** The space between the two bars of a day, in percent of the height. */
const GAP = 0.8;

/**
 * Sign-ins and blocked sign-ins by day, as bars: solid ones, and hatched ones above. All lengths are in percent, so
 * the text keeps its size.
 */
export function DayChart({ days, words }: { days: Day[]; words: Words }) {
  const top = findTop(Math.max(...days.map(totalOf)));
  const [first, last] = [days[0], days.at(-1)].map((day) => nameDay(day, words));
  const title = words.overview.chart(first ?? "", last ?? "");
  const steps = Array.from({ length: LINES + 1 }, (_, index) => index / LINES);
  return (
    <figure class="chart">
      <ChartCaption days={days} words={words} />
      <ol class="y" aria-hidden="true">
        {steps.map((step) => (
          <li safe>{words.formats.number(top * (1 - step))}</li>
        ))}
      </ol>
      <svg width="100%" height="100%" role="img" aria-labelledby="chart_title chart_text">
        <title id="chart_title" safe>
          {title}
        </title>
        <desc id="chart_text" safe>
          {describeDays(days, words)}
        </desc>
        <defs>
          <pattern
            id="hatch"
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M1 0v5" stroke-width="1.6" />
          </pattern>
        </defs>
        {steps.map((step) => (
          <line class="grid" x1="0" x2="100%" y1={percent(step * 100)} y2={percent(step * 100)} />
        ))}
        {days.map((day, index) => (
          <DayBars {...{ day, index, top, days: days.length, words }} />
        ))}
        <g aria-hidden="true">
          {days.map((day, index) => (
            <DayName {...{ day, index, days: days.length, words }} />
          ))}
        </g>
      </svg>
    </figure>
  );
}

/** A day's place in the chart: the how-manieth of how many. */
interface DayPlace {
  day: Day;
  index: number;
  days: number;
  words: Words;
}

function DayName({ day, index, days, words }: DayPlace) {
  if (index % WEEK > 0) return null;
  return (
    <text x={percent(((index + 0.5) / days) * 100)} y="100%" dy="1.4em" safe>
      {nameDay(day, words)}
    </text>
  );
}

function ChartCaption({ days, words }: { days: Day[]; words: Words }) {
  const busiest = busiestOf(days, totalOf);
  const { signIns, blockedSignIns, busiest: busiestDay } = words.overview;
  return (
    <figcaption>
      <span>
        <Swatch series="sign-ins" /> <span safe>{signIns}</span>
      </span>
      <span>
        <Swatch series="blocked" /> <span safe>{blockedSignIns}</span>
      </span>
      {totalOf(busiest) > 0 ? (
        <span class="muted" safe>
          {busiestDay(totalOf(busiest), nameDay(busiest, words))}
        </span>
      ) : null}
    </figcaption>
  );
}

function Swatch({ series }: { series: "sign-ins" | "blocked" }) {
  return (
    <svg width="14" height="14" aria-hidden="true">
      <rect class={series} x="1" y="1" width="12" height="12" />
    </svg>
  );
}

function DayBars({ day, index, top, days, words }: DayPlace & { top: number }) {
  const { signIns, refusals } = day;
  const width = 100 / days;
  const place = {
    x: percent(index * width + (width * (1 - BAR)) / 2),
    width: percent(width * BAR),
  };
  const [low, high] = [(signIns / top) * 100, (refusals / top) * 100];
  const below = signIns > 0 ? low + GAP : 0;
  return (
    <g>
      <title safe>{words.overview.onDay(nameDay(day, words), signIns, refusals)}</title>
      {signIns > 0 ? (
        <rect class="sign-ins" {...place} y={percent(100 - low)} height={percent(low)} />
      ) : null}
      {refusals > 0 ? (
        <rect class="blocked" {...place} y={percent(100 - below - high)} height={percent(high)} />
      ) : null}
    </g>
  );
}

/** The number at the top of the axis: four round steps that hold `most`. */
function findTop(most: number): number {
  const rough = Math.max(1, most / LINES);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
    .map((each) => each * power)
    .find((each) => each >= rough);
  return Math.ceil(step ?? rough) * LINES;
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}
