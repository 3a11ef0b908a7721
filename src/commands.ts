import { openSqlite } from "../db/sqlite.ts";
import type { Store } from "../db/store.ts";
import { type Environment, readDatabasePath } from "./config.ts";
import { createDemonstrationCustomers } from "./demonstration_customers.ts";

/** Where a command finds its settings, and where it writes what it has to say. */
export interface CommandContext {
  env: Environment;
  print: (line: string) => void;
}

/** What `foyer NAME` does, beside serving. */
export interface Command {
  summary: string;
  run: (context: CommandContext) => Promise<void>;
}

const DEMONSTRATION_COUNT = 1000;

/** Every command by its name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["seed", { summary: "Adds a thousand customers to try the list with", run: seed }],
]);

async function seed({ env, print }: CommandContext): Promise<void> {
  await withStore(env, async (store) => {
    const added = await store.addCustomers(createDemonstrationCustomers(DEMONSTRATION_COUNT));
    print(`Added ${added} customers; ${DEMONSTRATION_COUNT - added} were there already.`);
  });
}

/** Opens the database that `env` names, for as long as `act` takes. */
async function withStore(env: Environment, act: (store: Store) => Promise<void>): Promise<void> {
  const store = openSqlite(readDatabasePath(env));
  try {
    await act(store);
  } finally {
    store.close();
  }
}
