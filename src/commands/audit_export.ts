import { auditWithoutActor } from "../../db/contract/audit.ts";
import { readEvents } from "./audit_events.ts";
import { type Command, readArguments, UsageError } from "./command_line.ts";
import { createShow } from "./show.ts";
import { withStore } from "./with_store.ts";

const USAGE = `foyer audit export [--since TIME] [--until TIME]

Prints the audit log as JSON Lines, the oldest event first. The export is an event itself, once an hour.

TIME is a day in UTC, 2026-11-25, or a moment, 2026-11-25T12:00:00Z. --until includes its day, and excludes its moment.`;

const OPTIONS = { since: { type: "string" }, until: { type: "string" } } as const;

/** `foyer audit export`. */
export const AUDIT_EXPORT: Command = {
  summary: "Prints the audit log as JSON Lines",
  usage: USAGE,
  run: async (context, args) => {
    const { values } = readArguments(args, { usage: USAGE, count: 0, options: OPTIONS });
    const since = readTime("since", values.since) ?? -Infinity;
    const until = readTime("until", values.until) ?? Infinity;
    const show = createShow(context, { json: true });
    await withStore(context, async (store) => {
      await store.recordExport(auditWithoutActor(context.now()));
      // By number, as a clock may have been set back: times need not ascend.
      for await (const event of readEvents(store, 0)) {
        if (event.at >= since && event.at < until) await show(event, []);
      }
    });
  },
};

/** A time in milliseconds since 1970; `null` if it is not given. Throws {@linkcode UsageError}. */
function readTime(name: "since" | "until", text: string | undefined): number | null {
  if (text === undefined) return null;
  try {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
    const day = Temporal.PlainDate.from(text).add({ days: name === "until" ? 1 : 0 });
    return day.toZonedDateTime("UTC").epochMilliseconds;
  } catch {
    throw new UsageError(USAGE, `--${name} is not a time: ${text}`);
  }
}
