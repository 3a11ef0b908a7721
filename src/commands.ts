import { openSqlite } from "../db/sqlite.ts";
import type { Store } from "../db/store.ts";
import { type Command, type CommandContext, UsageError } from "./command_line.ts";
import { type Environment, readDatabasePath } from "./config.ts";
import { createDemonstrationCustomers } from "./demonstration_customers.ts";
import { RISC_COMMAND } from "./risc_command.ts";

const DEMONSTRATION_COUNT = 1000;

const SEED_COMMAND: Command = {
  summary: "Adds a thousand customers to try the list with",
  usage: "foyer seed",
  run: seed,
};

/** Every command by its name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["seed", SEED_COMMAND],
  ["risc", RISC_COMMAND],
]);

async function seed({ env, print }: CommandContext, args: string[]): Promise<void> {
  if (args.length > 0) throw new UsageError(SEED_COMMAND.usage);
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
