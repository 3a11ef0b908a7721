import type { Act } from "../act.ts";
import type { ForeignEvent } from "../contract/other_processes.ts";
import type { Statements } from "../statements/all.ts";

const BATCH = 1000;

/** Creates an act that reads the events of other processes behind `position`, each once. */
export function createOtherProcesses(run: Statements, position: number) {
  // Numbers are given in the order of the commits, one at a time. So none comes later behind this one.
  let seen = position;

  return function* readForeignEvents(): Act<ForeignEvent[]> {
    const head = (yield* run.findMark.get({ name: "head" }))?.seq ?? 0;
    if (head === seen) return [];
    const events = yield* run.listChainAfter.all({ seq: seen, limit: BATCH });
    seen = events.at(-1)?.seq ?? head;
    const foreign = events.filter(({ detailsHash }) => !run.ownEvents.delete(detailsHash));
    return foreign.map(({ kind, subjectId }) => ({ kind, subjectId }));
  };
}
