import { auditWithoutActor } from "../../db/contract/audit.ts";
import { CLOCK_TOLERANCE_S } from "../auth/clock.ts";
import { type CommandContext, readArguments } from "./command_line.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

/** `foyer restore --finish`: what follows when another program has restored the database. */
export async function finishRestore(
  context: CommandContext,
  { args, usage }: { args: string[]; usage: string },
): Promise<void> {
  const options = { finish: { type: "boolean" }, ...JSON_OPTION } as const;
  const { values } = readArguments(args, { usage, count: 0, options });
  await withStore(context, async (store) => {
    const audit = auditWithoutActor(context.now());
    const refuseTokensUntil = audit.now + CLOCK_TOLERANCE_S * 1000;
    const endedSessions = await store.finishRestore({ refuseTokensUntil }, audit);
    const finished = { endedSessions, refuseTokensUntil };
    await createShow(context, values)(finished, [describeFinished(finished)]);
  });
}

/** Says what became of sessions and sign-ins. */
export function describeFinished({
  endedSessions,
  refuseTokensUntil,
}: {
  endedSessions: number;
  refuseTokensUntil: number;
}): string {
  const time = new Date(refuseTokensUntil).toISOString();
  return `All sessions are ended (${endedSessions}). People sign in again from ${time} on.`;
}
