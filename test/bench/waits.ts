import { openConnection } from "./load_client.ts";
import { quantile } from "./report.ts";
import { type Row, row, type Unit } from "./table.ts";

/** One who asks again and again, one request at a time. */
export interface Asking {
  port: number;
  requests: readonly Uint8Array[];
}

const PAUSE_MS = 4;
const QUIET_MS = 5000;
const GOAL = { atMost: 20 };
const MS: Unit = { name: " ms", digits: 1 };

/** How long requests take until `work` is done, in milliseconds. */
export async function measureWaits(
  { port, requests }: Asking,
  work: Promise<unknown>,
): Promise<number[]> {
  const connection = await openConnection(port);
  const times: number[] = [];
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  // It is awaited below.
  over.catch(() => {});
  try {
    for (let turn = 0; !isOver; turn += 1) {
      const begun = performance.now();
      const { status } = await connection.ask(requests[turn % requests.length] as Uint8Array);
      times.push(performance.now() - begun);
      if (status !== 200) throw new Error(`A request meanwhile was answered with ${status}`);
      await Bun.sleep(PAUSE_MS);
    }
    await over;
    return times;
  } finally {
    connection.close();
  }
}

/** Says how long requests wait while nothing else is done: for the machine. */
export async function measureQuiet(asking: Asking): Promise<string> {
  const times = await measureWaits(asking, Bun.sleep(QUIET_MS));
  return `before that ${quantile(times, 1).toFixed(1)} ms`;
}

/** The line of how long the longest request took while something else was done. */
export function longestWait(work: string, times: number[], beside: string): Row {
  const most = quantile(times, 0.99).toFixed(1);
  const said = [`99 % within ${most} ms`, ...(beside ? [beside] : [])].join("; ");
  const longest = row(work, times, { goal: GOAL, unit: MS, at: 1, beside: said });
  return { ...longest, quartiles: "" };
}
