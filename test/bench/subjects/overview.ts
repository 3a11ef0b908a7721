import type { Subject } from "../bench.ts";
import { openConnection } from "../load_client.ts";
import { readCpuUs } from "../processor_time.ts";
import { quantile } from "../report.ts";
import { readRequest } from "../requests.ts";
import { type Row, row, type RowOptions, type Unit } from "../table.ts";

const REQUESTS = 200;
/** Until the code is compiled. */
const WARM_UP = 30;
const OVERVIEW_GOAL = { atMost: 5 };
const SEARCH_GOAL = { atMost: 10 };
const MS: Unit = { name: " ms", digits: 2 };
/** From many people, from everybody, from a word of two letters, of one, from nobody. */
const SEARCHES = ["okafor", "gmail", "li", "王", "zqx"];

/** What administrators ask, one request at a time. */
export const overview: Subject = {
  name: "overview",
  isCheap: false,
  async measure(bench) {
    const { foyer, host, adminToken, index } = await bench.million();
    const connection = await openConnection(foyer.port);
    const time = async (path: string, options: RowOptions): Promise<Row> => {
      const request = readRequest(host, { path, token: adminToken });
      const times: number[] = [];
      for (let turn = 0; turn < WARM_UP; turn += 1) await connection.ask(request);
      const before = readCpuUs(foyer.pid);
      for (let turn = 0; turn < REQUESTS; turn += 1) {
        const begun = performance.now();
        const { status } = await connection.ask(request);
        times.push(performance.now() - begun);
        if (status !== 200) throw new Error(`${path}: ${status}`);
      }
      const cpuMs = (readCpuUs(foyer.pid) - before) / 1000 / REQUESTS;
      const half = quantile(times, 0.5).toFixed(2);
      const beside = `half within ${half} ms; ${cpuMs.toFixed(2)} ms of processor time`;
      return row(path, times, { unit: MS, beside, ...options });
    };
    const rows = [{ ...(await time("/htmx/admin", { goal: OVERVIEW_GOAL })), work: "overview" }];
    for (const text of SEARCHES) {
      const path = `/htmx/admin.people?q=${encodeURIComponent(text)}`;
      const found = await time(path, { goal: SEARCH_GOAL, at: 0.99 });
      rows.push({ ...found, work: `search for ${text}, 99 %` });
    }
    const seconds = [index.buildMs / 1000];
    const beside = `${(index.bytes / 1e6).toFixed(0)} MB`;
    const built = { goal: null, unit: { name: " s", digits: 0 }, beside };
    rows.push(row("building the search index", seconds, built));
    connection.close();
    return rows.map((one) => ({
      ...one,
      work: `${one.work}, ${bench.many.toLocaleString("en")} people`,
    }));
  },
};
