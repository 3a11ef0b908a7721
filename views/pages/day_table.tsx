import { Html } from "@elysiajs/html";

import type { Words } from "../words/words.ts";
import { type Day, nameDay } from "./day_words.ts";

/** The same numbers as a table, the newest day first. */
export function DayTable({ days, words }: { days: Day[]; words: Words }) {
  const { table, day: dayTitle, signIns, blocked } = words.overview;
  const { number } = words.formats;
  return (
    <div class="wide" role="region" aria-label={table} tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" safe>
              {dayTitle}
            </th>
            <th scope="col" class="number" safe>
              {signIns}
            </th>
            <th scope="col" class="number" safe>
              {blocked}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr>
              <th scope="row" safe>
                {nameDay(day, words)}
              </th>
              <td class="number" safe>
                {number(day.signIns)}
              </td>
              <td class="number" safe>
                {number(day.refusals)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
