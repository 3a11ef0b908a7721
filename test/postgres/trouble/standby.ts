import { join } from "node:path";

import { SQL } from "bun";

import { freePort } from "../../foyer_process.ts";
import { createFolder, postgresCommand } from "../data_folder.ts";
import { startKeeper } from "../keeper.ts";
import { startPostmaster } from "../postmaster.ts";
import type { PostgresServer } from "../server.ts";

/** A second PostgreSQL that follows a first one. */
export interface Standby extends AsyncDisposable {
  port: number;
  /** Makes it the one that takes writes. */
  promote(): Promise<void>;
}

/** Starts a standby of `primary`, which from then on answers COMMIT only when the standby has it, too. */
export async function startStandby(primary: PostgresServer): Promise<Standby> {
  const folder = await createFolder();
  const keeper = startKeeper(folder);
  const data = join(folder, "data");
  const from = ["--host=127.0.0.1", `--port=${primary.port}`, "--username=foyer"];
  await run(["pg_basebackup", ...from, "--checkpoint=fast", "--write-recovery-conf", "-D", data]);
  const port = freePort();
  const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: "" };
  const flags = Object.entries({ ...settings, fsync: "off", max_connections: 500 }).map(
    ([name, value]) => `-c${name}=${value}`,
  );
  const postmaster = startPostmaster(postgresCommand(["postgres", "-D", data, ...flags]), () => {});
  // It says so only once it is promoted.
  postmaster.ready.catch(() => {});
  keeper.watch(postmaster.pid);
  await using sql = new SQL(primary.url("postgres"), { max: 1 });
  await sql.unsafe("alter system set synchronous_standby_names = '*'");
  await sql`select pg_reload_conf()`;
  const find = () => sql`select 1 from pg_stat_replication where sync_state = 'sync'`;
  while ((await find()).length === 0) await Bun.sleep(20);
  return {
    port,
    promote: () => run(["pg_ctl", "promote", "-D", data]),
    async [Symbol.asyncDispose]() {
      process.kill(postmaster.pid, "SIGQUIT");
      await postmaster.ended;
      await keeper.clearUp();
    },
  };
}

async function run(command: string[]): Promise<void> {
  const child = Bun.spawn(postgresCommand(command), { stdout: "ignore", stderr: "pipe" });
  const complaint = await new Response(child.stderr).text();
  if ((await child.exited) !== 0) throw new Error(`${command.join(" ")}: ${complaint}`);
}
