import { startCountingProxy } from "./counting_proxy.ts";
import { openConnection } from "./load_client.ts";
import type { PostgresBench } from "./postgres_servers.ts";
import { quantile } from "./report.ts";
import { signInRequests } from "./requests.ts";
import { readLogPosition } from "./sign_in_cost.ts";

/** Until the statements are prepared on the connections, and the code is compiled. */
const WARM_UP_SHARE = 0.5;

/** What one sign-in after the other costs, with nothing beside it but the looks at the audit log. Returns text. */
export async function measureSignInAlone(bench: PostgresBench, count: number): Promise<string> {
  const { setups, address, server, startFoyer } = bench;
  using proxy = startCountingProxy(server.port);
  const through = new URL(address);
  through.port = String(proxy.port);
  const counted = await startFoyer(`${through.href}?connection_limit=1`, "counted");
  const [sqlite, postgres] = setups;
  const medians: string[] = [];
  for (const setup of [sqlite, postgres]) {
    const times = await signInInTurn(bench, { port: setup?.ports[0] ?? 0, count });
    medians.push(quantile(times, 0.5).toFixed(2));
  }
  await signInInTurn(bench, { port: counted.port, count: Math.ceil(count * WARM_UP_SHARE) });
  const before = proxy.traffic();
  await signInInTurn(bench, { port: counted.port, count });
  const after = proxy.traffic();
  const each = (name: keyof typeof after) => ((after[name] - before[name]) / count).toFixed(1);
  return [
    `one sign-in after the other: ${medians[0]} ms on SQLite, ${medians[1]} ms on PostgreSQL,`,
    `with ${each("roundTrips")} round trips and ${each("statements")} statements;`,
    await measureLog(bench, count),
  ].join(" ");
}

/**
 * The write-ahead log has an image of each page that changes for the first time after a checkpoint. In a large table
 * that is nearly each page.
 */
async function measureLog(bench: PostgresBench, count: number): Promise<string> {
  const { setups, sql, settle } = bench;
  const port = setups[1]?.ports[0] ?? 0;
  const sizes: string[] = [];
  for (const images of ["on", "off"]) {
    await sql.unsafe(`alter system set full_page_writes = ${images}`);
    await sql.unsafe("select pg_reload_conf()");
    await sql.unsafe("checkpoint");
    const before = await readLogPosition(sql);
    await signInInTurn(bench, { port, count });
    await settle();
    sizes.push((((await readLogPosition(sql)) - before) / count).toFixed(0));
  }
  return `right after a checkpoint ${sizes[0]} bytes of WAL, ${sizes[1]} without images of pages`;
}

/** Signs in again and again, and returns how many milliseconds each answer took. */
async function signInInTurn(
  bench: PostgresBench,
  { port, count }: { port: number; count: number },
): Promise<number[]> {
  const requests = await signInRequests(bench, { members: bench.members, count });
  const connection = await openConnection(port);
  const times: number[] = [];
  for (const request of requests) {
    const begun = performance.now();
    const { status, body } = await connection.ask(request);
    times.push(performance.now() - begun);
    if (status !== 200) throw new Error(`Not signed in: ${status} ${body}`);
  }
  connection.close();
  return times;
}
