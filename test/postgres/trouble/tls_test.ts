import { beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";

import { hasPostgres, OPENSSL } from "../../programs.ts";
import { createMigratedDatabase } from "../migrated.ts";
import { type PostgresServer, sharedPostgres } from "../server.ts";
import { enableTls } from "./certificates.ts";

const ROOT = join(import.meta.dir, "../../..");

/** Opens a store in a process of its own, as `env` is read at the start. Prints whether its connections have TLS. */
const SCRIPT = `
  import { SQL } from "bun";
  import { openStore } from "./db/open_store.ts";
  import { parseDatabase } from "./src/config/database.ts";
  import { MACHINE } from "./src/machine.ts";
  const [address, direct] = process.argv.slice(1);
  try {
    const store = await openStore(parseDatabase(address), MACHINE);
    const sql = new SQL(direct, { max: 1 });
    const rows = await sql\`select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid)
      where application_name = 'foyer' and datname = current_database()\`;
    console.log(JSON.stringify(rows.map(({ ssl }) => ssl)));
  } catch (error) {
    console.log(error.message);
  }
  process.exit();
`;

describe.skipIf(!hasPostgres || !OPENSSL.isInstalled)("TLS to a PostgreSQL", () => {
  let server: PostgresServer;
  let authority: string;
  beforeAll(async () => {
    server = await sharedPostgres();
    authority = await enableTls(server);
  }, 60_000);

  async function open(host: string, query: string, env: Record<string, string> = {}) {
    const database = await createMigratedDatabase();
    const { pathname, port } = new URL(database);
    const address = `postgres://foyer:a-password@${host}:${port}${pathname}?${query}`;
    const command = [process.execPath, "-e", SCRIPT, address, database];
    const { stdout } = Bun.spawn(command, { cwd: ROOT, env: { PATH: "", ...env } });
    const said = (await new Response(stdout).text()).trim();
    expect(said).not.toContain("a-password");
    return said.split(`${pathname}: `).at(-1);
  }

  test("is used as the address asks for it, and not otherwise", async () => {
    const asked = await Promise.all([
      open("localhost", "sslmode=disable"),
      open("localhost", "sslmode=require"),
      open("localhost", `sslmode=verify-full&sslrootcert=${authority}`),
      open("localhost", "sslmode=verify-full", { NODE_EXTRA_CA_CERTS: authority }),
      // Without an authority it believes everybody.
      open("127.0.0.1", "sslmode=require"),
    ]);
    expect(asked).toEqual(["[false]", "[true]", "[true]", "[true]", "[true]"]);
  });

  test("with another certificate than the address asks for is refused", async () => {
    const unknown = "no authority that is known here has signed its certificate";
    const weak = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    const asked = await Promise.all([
      open("localhost", "sslmode=verify-full"),
      open("localhost", "sslmode=verify-full", weak),
      open("127.0.0.1", `sslmode=verify-full&sslrootcert=${authority}`, weak),
      open("127.0.0.1", `sslmode=require&sslrootcert=${authority}`),
      open("localhost", "sslmode=verify-full&sslrootcert=/nowhere"),
    ]);
    const another = "its certificate is for another name";
    const unreadable = "a file of certificates in the address cannot be read";
    expect(asked).toEqual([unknown, unknown, another, another, unreadable]);
  });
});
