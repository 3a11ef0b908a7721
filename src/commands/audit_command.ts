import type { AuditVerdict } from "../../db/contract/audit.ts";
import { readAuditRetention } from "../config.ts";
import { type Command, CommandError, type CommandGroup, readArguments } from "./command_line.ts";
import { withStore } from "./with_store.ts";

const VERIFY_USAGE = `foyer audit verify

Verifies the audit log: no event was edited, added or removed. Exit code 1 if one was.`;

const VERIFY: Command = {
  summary: "Verifies that no event was edited, added or removed",
  usage: VERIFY_USAGE,
  run: async (context, args) => {
    const { env, now, print } = context;
    readArguments(args, { usage: VERIFY_USAGE, count: 0, options: {} });
    await withStore(context, async (store) => {
      const verdict = await store.verifyAudit(now() - readAuditRetention(env));
      if (!verdict.isWhole) throw new CommandError(`The audit log is damaged. ${verdict.fault}`);
      for (const line of describe(verdict)) print(line);
    });
  },
};

/** `foyer audit`: what is done with the audit log. */
export const AUDIT_COMMANDS: CommandGroup = {
  summary: "Works with the audit log",
  commands: new Map([["verify", VERIFY]]),
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
