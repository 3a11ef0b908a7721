import type { Store } from "../../db/contract/store.ts";
import { readEvents } from "./audit_events.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  readArguments,
  UsageError,
} from "./command_line.ts";
import { eventLine } from "./event_line.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

const LOOK_EVERY_MS = 250;

const USAGE = `foyer audit follow [--after NUMBER] [--json]

Prints each event of the audit log as it is written, by whichever process, until SIGINT or SIGTERM or until nobody reads the output. Begins with the next event, or behind the event of a number (“seq”): whoever keeps the last number misses nothing.

Numbers have no gaps, unless events were deleted after AUDIT_RETENTION_DAYS. With --json, one JSON object a line.`;

const OPTIONS = { ...JSON_OPTION, after: { type: "string" } } as const;

/** `foyer audit follow`. */
export const AUDIT_FOLLOW: Command = {
  summary: "Prints events of the audit log as they are written",
  usage: USAGE,
  run: async (context, args) => {
    const { values } = readArguments(args, { usage: USAGE, count: 0, options: OPTIONS });
    const after = readNumber(values.after);
    const show = createShow(context, values);
    await withStore(context, async (store) => {
      let position = await findBeginning(store, after);
      const stopped = context.untilStopped();
      while (!stopped.aborted) {
        for await (const event of readEvents(store, position)) {
          if (stopped.aborted) return;
          await show(event, [eventLine(event)]);
          position = event.seq;
        }
        await waitForChange(store, { ...context, position, stopped });
      }
    });
  },
};

function readNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(USAGE, `--after is not a number of an event: ${text}`);
}

/** The number of the last event, or `after`. Throws {@linkcode CommandError} if there is no such event yet. */
async function findBeginning(store: Store, after: number | null): Promise<number> {
  const last = await store.findLastSeq();
  if (after === null || after <= last) return after ?? last;
  throw new CommandError(
    `The audit log has no event ${after}: its last one is ${last}. Was an older backup restored?`,
  );
}

/** Resolves when there is an event behind `position`, or when the command is to stop. */
function waitForChange(
  store: Store,
  {
    every,
    position,
    stopped,
  }: Pick<CommandContext, "every"> & { position: number; stopped: AbortSignal },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = async () => {
    await store.ping();
    if ((await store.findLastSeq()) !== position) resolve();
  };
  const stop = every(LOOK_EVERY_MS, () => void look().catch(reject));
  stopped.addEventListener("abort", () => resolve(), { once: true });
  if (stopped.aborted) resolve();
  return promise.finally(stop);
}
