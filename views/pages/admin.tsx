import { Html } from "@elysiajs/html";

import type { Counters } from "../../db/contract/people.ts";
import { ADMIN } from "../../src/paths.ts";
import { formatNumber } from "../number.ts";
import { AdminTabs } from "./admin_tabs.tsx";
import { Attention, type AttentionProps } from "./attention.tsx";
import { DayChart } from "./day_chart.tsx";
import { DayTable } from "./day_table.tsx";

export interface OverviewPageProps extends Pick<AttentionProps, "days" | "mainCodes"> {
  counters: Pick<Counters, "people" | "sessions" | "disabledByGoogle">;
}

/** The first page of administrators: numbers, and the sign-ins of each day. */
export function OverviewPage({ counters, days, mainCodes }: OverviewPageProps) {
  const sum = (name: "signIns" | "refusals") => days.reduce((total, day) => total + day[name], 0);
  const numbers: [name: string, value: number][] = [
    ["People", counters.people],
    ["Active sessions", counters.sessions],
    [`Sign-ins, ${days.length} days`, sum("signIns")],
    [`Blocked, ${days.length} days`, sum("refusals")],
  ];
  return (
    <>
      <AdminTabs current={ADMIN} />
      <h1>Overview</h1>
      <dl class="cards">
        {numbers.map(([name, value]) => (
          <div class="card">
            <dt class="muted" safe>
              {name}
            </dt>
            <dd safe>{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      <section class="card" aria-labelledby="by_day">
        <div class="head">
          <h2 id="by_day">Sign-ins by day</h2>
          <p class="muted fine">Last {days.length} days, days in UTC</p>
        </div>
        <DayChart days={days} />
        <details id="days_table">
          <summary>Show as table</summary>
          <DayTable days={days} />
        </details>
      </section>
      <Attention {...{ days, mainCodes }} disabledByGoogle={counters.disabledByGoogle} />
    </>
  );
}
