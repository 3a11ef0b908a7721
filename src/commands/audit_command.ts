import { type Command, CommandError, UsageError } from "./command_line.ts";
import { withStore } from "./with_store.ts";

const USAGE = `foyer audit verify

  verify  Verifies the audit log: no event was edited or removed`;

/** `foyer audit`: verifies the audit log. */
export const AUDIT_COMMAND: Command = {
  summary: "Verifies the audit log",
  usage: USAGE,
  run: async (context, args) => {
    const { print } = context;
    if (args.length !== 1 || args[0] !== "verify") throw new UsageError(USAGE);
    await withStore(context, async (store) => {
      const verdict = await store.verifyAudit();
      if (!verdict.isWhole) throw new CommandError(`The audit log is damaged. ${verdict.fault}`);
      const { events, erased, forgottenUpTo, head } = verdict;
      print(`The audit log is intact: ${events} events, ${erased} of them with erased details.`);
      if (forgottenUpTo > 0)
        print(`Events up to number ${forgottenUpTo} were deleted after the retention period.`);
      print(
        `The hash of the last event is ${head || "empty"}. Store it elsewhere and compare it later.`,
      );
    });
  },
};
