import type { AnyAppTable } from "../../db/table.ts";
import { TABLES } from "../../db/tables.ts";
import { type Command, readArguments } from "./command_line.ts";
import { withStore } from "./with_store.ts";

const USAGE = `foyer seed

Adds demonstration data to each of the application's tables that has some.`;

/** `foyer seed`: adds demonstration data to each table that defines some. */
export const SEED_COMMAND: Command = {
  summary: "Adds demonstration data to the application's tables",
  usage: USAGE,
  run: async (context, args) => {
    const { print } = context;
    readArguments(args, { usage: USAGE, count: 0, options: {} });
    await withStore(
      context,
      async ({ tables }) => {
        const list: Record<string, AnyAppTable> = TABLES;
        const open: Record<string, unknown> = tables;
        const seeds = Object.entries(list).filter(([, { seed }]) => seed);
        for (const [name, table] of seeds) print((await table.seed?.(open[name])) ?? "");
        if (seeds.length === 0) print("No table has demonstration data.");
      },
      { mayCreate: true },
    );
  },
};
