import { type Command, UsageError } from "./command_line.ts";
import { createDemonstrationCustomers } from "./demonstration_customers.ts";
import { withStore } from "./with_store.ts";

const COUNT = 1000;

/** `foyer seed`: demonstration data. */
export const SEED_COMMAND: Command = {
  summary: "Adds a thousand customers to try the list with",
  usage: "foyer seed",
  run: async ({ env, print }, args) => {
    if (args.length > 0) throw new UsageError(SEED_COMMAND.usage);
    await withStore(env, async (store) => {
      const added = await store.addCustomers(createDemonstrationCustomers(COUNT));
      print(`Added ${added} customers; ${COUNT - added} were there already.`);
    });
  },
};
