import { SQL } from "bun";

/** The databases of a server. */
export interface Databases {
  /** The address of `database`. */
  url(database: string): string;
  /** Creates a database, a copy of the one at the address `template` if given; returns its address. */
  createDatabase(options?: { template?: string }): Promise<string>;
  /** Drops the database at `address`, and cuts its connections. */
  dropDatabase(address: string): Promise<void>;
}

/** Reaches the databases of the server at `port` of loopback. */
export function databasesAt(port: number): Databases {
  let count = 0;
  const url = (database: string) => `postgres://foyer@127.0.0.1:${port}/${database}`;

  async function administer(statement: string) {
    await using sql = new SQL(url("postgres"), { max: 1 });
    await sql.unsafe(statement);
  }

  return {
    url,
    async createDatabase({ template = url("template1") } = {}) {
      count += 1;
      const name = `foyer_${count}`;
      await administer(`CREATE DATABASE ${name} TEMPLATE ${nameOf(template)}`);
      return url(name);
    },
    async dropDatabase(address) {
      await administer(`DROP DATABASE ${nameOf(address)} WITH (FORCE)`);
    },
  };
}

function nameOf(address: string): string {
  return new URL(address).pathname.slice(1);
}
