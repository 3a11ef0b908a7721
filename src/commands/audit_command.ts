import type { AuditVerdict } from "../../db/contract/audit.ts";
import { readAuditRetention } from "../config.ts";
import { type Command, CommandError, UsageError } from "./command_line.ts";
import { withStore } from "./with_store.ts";

const USAGE = `foyer audit verify

  verify  Verifies the audit log: no event was edited, added or removed`;

/** `foyer audit`: verifies the audit log. */
export const AUDIT_COMMAND: Command = {
  summary: "Verifies the audit log",
  usage: USAGE,
  run: async (context, args) => {
    const { env, now, print } = context;
    if (args.length !== 1 || args[0] !== "verify") throw new UsageError(USAGE);
    await withStore(context, async (store) => {
      const verdict = await store.verifyAudit(now() - readAuditRetention(env));
      if (!verdict.isWhole) throw new CommandError(`The audit log is damaged. ${verdict.fault}`);
      for (const line of describe(verdict)) print(line);
    });
  },
};

function describe(verdict: Extract<AuditVerdict, { isWhole: true }>): string[] {
  const { events, erased, firstAt, forgottenUpTo, head } = verdict;
  if (head === "") {
    return ["The audit log is empty. Either nothing has happened yet, or its tables were emptied."];
  }
  const first = firstAt === null ? null : new Date(firstAt).toISOString();
  return [
    `The audit log is intact: ${events} events, ${erased} of them with erased details.`,
    ...(forgottenUpTo > 0
      ? [`Events up to number ${forgottenUpTo} were deleted after the retention period.`]
      : []),
    ...(first ? [`The first event that is left is from ${first}.`] : []),
    `The hash of the last event is ${head}. Store it elsewhere and compare it later.`,
  ];
}
