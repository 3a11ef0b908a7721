import { beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";

import { SQL } from "bun";

import { hasPostgres } from "../programs.ts";
import { type PostgresServer, sharedPostgres, startPostgres, type StopMode } from "./server.ts";

/** Asks one question on a connection of its own. */
async function ask(address: string, statement: string): Promise<unknown[]> {
  await using sql = new SQL(address, { max: 1 });
  return [...(await sql.unsafe(statement))];
}

/** The process ids of the server. */
function processesOf({ pid }: PostgresServer): number[] {
  const { stdout } = Bun.spawnSync(["pgrep", "-P", String(pid)]);
  return [Number(pid), ...stdout.toString().trim().split("\n").map(Number)];
}

const isFrozen = (pid: number) => readFileSync(`/proc/${pid}/status`, "utf8").includes("State:\tT");

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(() => resolve(true)));
    socket.once("error", () => resolve(false));
  });

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await Bun.sleep(5);
}

describe.skipIf(!hasPostgres)("a PostgreSQL of the tests' own", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await sharedPostgres();
  }, 60_000);

  test("copies databases, which are apart", async () => {
    const template = await server.createDatabase();
    await ask(template, "CREATE TABLE notes (id int)");
    await ask(template, "INSERT INTO notes VALUES (1)");
    const one = await server.createDatabase({ template });
    const other = await server.createDatabase({ template });
    await ask(one, "INSERT INTO notes VALUES (2)");
    expect(await ask(one, "SELECT id FROM notes")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await ask(other, "SELECT id FROM notes")).toEqual([{ id: 1 }]);
    await server.dropDatabase(one);
    await expect(ask(one, "SELECT 1")).rejects.toThrow("does not exist");
  });

  test.skipIf(process.platform !== "linux")("stands still while it is frozen", async () => {
    await using sql = new SQL(server.url("postgres"), { max: 1 });
    const [{ backend }] = await sql`SELECT pg_backend_pid() AS backend`;
    const processes = processesOf(server);
    expect(processes).toContain(backend);
    server.freeze();
    await until(() => processes.every(isFrozen));
    const answer = sql`SELECT 1 AS one`.execute();
    server.thaw();
    expect([...(await answer)]).toEqual([{ one: 1 }]);
    expect(processes.filter(isFrozen)).toEqual([]);
    server.freeze();
    await server.stop();
    expect(processes.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    await server.start();
  });

  test.each<StopMode>(["immediate", "fast"])("keeps its data over a stop: %s", async (mode) => {
    const address = await server.createDatabase();
    await ask(address, "CREATE TABLE notes AS SELECT 1 AS id");
    const { pid, port } = server;
    await server.stop(mode);
    expect(server.pid).toBeNull();
    expect(await isListening(port)).toBe(false);
    await server.start();
    expect(server.pid).not.toBe(pid);
    expect(await ask(address, "SELECT id FROM notes")).toEqual([{ id: 1 }]);
    expect(server.log()).toContain(`received ${mode} shutdown request`);
  });

  test("notices that it has ended, and starts again", async () => {
    process.kill(Number(server.pid), "SIGKILL");
    await until(() => server.pid === null);
    await server.start();
    expect(await ask(server.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("takes settings, and leaves nothing behind", async () => {
    const durable = await startPostgres({ durable: true, settings: { work_mem: "3MB" } });
    const { folder, port, url } = durable;
    const setting = (address: string, name: string) =>
      ask(address, `SELECT current_setting('${name}') AS is`);
    expect(await setting(server.url("postgres"), "fsync")).toEqual([{ is: "off" }]);
    expect(await setting(url("postgres"), "fsync")).toEqual([{ is: "on" }]);
    expect(await setting(url("postgres"), "work_mem")).toEqual([{ is: "3MB" }]);
    const processes = processesOf(durable);
    await durable[Symbol.asyncDispose]();
    expect(existsSync(folder)).toBe(false);
    expect(await isListening(port)).toBe(false);
    expect(processes.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });

  test("ends with a process that is killed, even if it is frozen", async () => {
    const script = `
      import { startPostgres } from "${import.meta.dir}/server.ts";
      const { port, folder, freeze } = await startPostgres();
      freeze();
      console.log(JSON.stringify({ port, folder }));
      setInterval(() => {}, 1000);
    `;
    const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" });
    const { value } = await child.stdout.getReader().read();
    const { port, folder } = JSON.parse(new TextDecoder().decode(value));
    expect(existsSync(folder)).toBe(true);
    child.kill("SIGKILL");
    await until(async () => !existsSync(folder) && !(await isListening(port)));
  });
});
