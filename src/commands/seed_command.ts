import type { AppTable } from "../../db/table.ts";
import { TABLES } from "../../db/tables.ts";
import { type Command, UsageError } from "./command_line.ts";
import { withStore } from "./with_store.ts";

/** `foyer seed`: adds demonstration data to each table that defines some. */
export const SEED_COMMAND: Command = {
  summary: "Adds demonstration data to the application's tables",
  usage: "foyer seed",
  run: async (context, args) => {
    const { print } = context;
    if (args.length > 0) throw new UsageError(SEED_COMMAND.usage);
    await withStore(context, async ({ tables }) => {
      const list: Record<string, AppTable<unknown>> = TABLES;
      const open: Record<string, unknown> = tables;
      const seeds = Object.entries(list).filter(([, { seed }]) => seed);
      for (const [name, table] of seeds) print((await table.seed?.(open[name])) ?? "");
      if (seeds.length === 0) print("No table has demonstration data.");
    });
  },
};
