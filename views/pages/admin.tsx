import { Html } from "@elysiajs/html";

import type { Counters } from "../../db/contract/people.ts";
import { ADMIN } from "../../src/paths.ts";
import { AdminTabs } from "./admin_tabs.tsx";
import { Attention, type AttentionProps } from "./attention.tsx";
import { DayChart } from "./day_chart.tsx";
import { DayTable } from "./day_table.tsx";

export interface OverviewPageProps extends Pick<AttentionProps, "days" | "mainCodes" | "words"> {
  counters: Pick<Counters, "people" | "sessions" | "disabledByGoogle">;
}

/** The first page of administrators: numbers, and the sign-ins of each day. */
export function OverviewPage({ counters, days, mainCodes, words }: OverviewPageProps) {
  const { overview, formats } = words;
  const sum = (name: "signIns" | "refusals") => days.reduce((total, day) => total + day[name], 0);
  const numbers: [name: string, value: number][] = [
    [overview.people, counters.people],
    [overview.sessions, counters.sessions],
    [overview.signInsIn(days.length), sum("signIns")],
    [overview.blockedIn(days.length), sum("refusals")],
  ];
  return (
    <>
      <AdminTabs current={ADMIN} words={words} />
      <h1 safe>{overview.title}</h1>
      <dl class="cards">
        {numbers.map(([name, value]) => (
          <div class="card">
            <dt class="muted" safe>
              {name}
            </dt>
            <dd safe>{formats.number(value)}</dd>
          </div>
        ))}
      </dl>
      <section class="card" aria-labelledby="by_day">
        <div class="head">
          <h2 id="by_day" safe>
            {overview.byDay}
          </h2>
          <p class="muted fine" safe>
            {overview.lastDays(days.length)}
          </p>
        </div>
        <DayChart days={days} words={words} />
        <details id="days_table">
          <summary safe>{overview.showTable}</summary>
          <DayTable days={days} words={words} />
        </details>
      </section>
      <Attention {...{ days, mainCodes, words }} disabledByGoogle={counters.disabledByGoogle} />
    </>
  );
}
