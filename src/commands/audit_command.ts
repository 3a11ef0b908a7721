import type { AuditVerdict } from "../../db/contract/audit.ts";
import { readAuditRetention } from "../config.ts";
import { AUDIT_EXPORT } from "./audit_export.ts";
import { AUDIT_FOLLOW } from "./audit_follow.ts";
import { type Command, CommandError, type CommandGroup, readArguments } from "./command_line.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

const VERIFY_USAGE = `foyer audit verify [--json]

Verifies the audit log: no event was edited, added or removed. Exit code 1 if one was.`;

const VERIFY: Command = {
  summary: "Verifies that no event was edited, added or removed",
  usage: VERIFY_USAGE,
  run: async (context, args) => {
    const { env, now } = context;
    const rules = { usage: VERIFY_USAGE, count: 0, options: JSON_OPTION };
    const { values } = readArguments(args, rules);
    const show = createShow(context, values);
    await withStore(context, async (store) => {
      const verdict = await store.verifyAudit(now() - readAuditRetention(env));
      await show(verdict, verdict.isWhole ? describe(verdict) : []);
      if (!verdict.isWhole) throw new CommandError(`The audit log is damaged. ${verdict.fault}`);
    });
  },
};

/** `foyer audit`: what is done with the audit log. */
export const AUDIT_COMMANDS: CommandGroup = {
  summary: "Works with the audit log",
  commands: new Map([
    ["export", AUDIT_EXPORT],
    ["follow", AUDIT_FOLLOW],
    ["verify", VERIFY],
  ]),
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
