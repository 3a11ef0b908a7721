import { Html } from "@elysiajs/html";

/** The counts of one day. */
export interface Day {
  /** `2026-11-25`, in UTC. */
  day: string;
  signIns: number;
  refusals: number;
}

const WIDTH = 600;
const HEIGHT = 120;
const GAP = 2;

/** Sign-ins and refusals by day: a bar chart, and a table for people who cannot see it. */
export function DayChart({ days }: { days: Day[] }) {
  const most = Math.max(1, ...days.map(({ signIns, refusals }) => signIns + refusals));
  const step = WIDTH / days.length;
  const height = (count: number) => (count / most) * (HEIGHT - 10);
  return (
    <figure class="chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby="chart_title"
      >
        <title
          id="chart_title"
          safe
        >{`Sign-ins and refusals of the last ${days.length} days`}</title>
        <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} class="chart-axis" />
        {days.map(({ signIns, refusals }, index) => (
          <>
            <rect
              class="chart-sign-ins"
              x={String(index * step + GAP)}
              y={String(HEIGHT - height(signIns))}
              width={String(step - 2 * GAP)}
              height={String(height(signIns))}
            />
            <rect
              class="chart-refusals"
              x={String(index * step + GAP)}
              y={String(HEIGHT - height(signIns) - height(refusals))}
              width={String(step - 2 * GAP)}
              height={String(height(refusals))}
            />
          </>
        ))}
      </svg>
      <figcaption class="muted">
        <span class="key chart-sign-ins"></span> sign-ins <span class="key chart-refusals"></span>{" "}
        refusals, {days.length} days, at most {most} a day
      </figcaption>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Sign-ins</th>
              <th scope="col">Refusals</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, signIns, refusals }) => (
              <tr>
                <th scope="row" safe>
                  {day}
                </th>
                <td>{signIns}</td>
                <td>{refusals}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
