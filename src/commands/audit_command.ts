import { type Command, CommandError, UsageError } from "./command_line.ts";
import { withStore } from "./with_store.ts";

const USAGE = `foyer audit verify

  verify  Looks whether the record is as it was written: no event edited, none removed`;

/** `foyer audit`: checks the record of every change. */
export const AUDIT_COMMAND: Command = {
  summary: "Checks the record of every change",
  usage: USAGE,
  run: async ({ env, print }, args) => {
    if (args.length !== 1 || args[0] !== "verify") throw new UsageError(USAGE);
    await withStore(env, async (store) => {
      const verdict = await store.verifyAudit();
      if (!verdict.isWhole) throw new CommandError(`The record is not whole. ${verdict.fault}`);
      const { events, erased, forgottenUpTo, head } = verdict;
      print(
        `The record is whole: ${events} events, of ${erased} of which the details were erased.`,
      );
      if (forgottenUpTo > 0) print(`Events up to number ${forgottenUpTo} have been forgotten.`);
      print(`Its head is ${head || "empty"}: keep that elsewhere to compare.`);
    });
  },
};
