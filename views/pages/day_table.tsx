import { Html } from "@elysiajs/html";

import { formatNumber } from "../number.ts";
import { type Day, nameDay } from "./day_words.ts";

/** The same numbers as a table, the newest day first. */
export function DayTable({ days }: { days: Day[] }) {
  return (
    <div class="wide" role="region" aria-label="Sign-ins by day, as a table" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" class="number">
              Sign-ins
            </th>
            <th scope="col" class="number">
              Blocked
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr>
              <th scope="row" safe>
                {nameDay(day)}
              </th>
              <td class="number" safe>
                {formatNumber(day.signIns)}
              </td>
              <td class="number" safe>
                {formatNumber(day.refusals)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
