import type { Act } from "../act.ts";
import type { ForeignEvent } from "../contract/other_processes.ts";
import type { Statements } from "../statements/all.ts";

const BATCH = 1000;

/** Creates acts that notice what other processes write from now on. */
export function createOtherProcesses(run: Statements) {
  const wasChanged = watchVersion(run);
  const wasChangedSinceEvents = watchVersion(run);
  let position = run.findMark.get({ name: "head" }).execute()?.seq ?? 0;
  let isBehind = false;

  return {
    wasChangedElsewhere: wasChanged,

    *readForeignEvents(): Act<ForeignEvent[]> {
      // Read before the version: while that stays the same, every event up to here is one of this process.
      const head = run.ownEvents.size > 0 ? yield* run.findMark.get({ name: "head" }) : null;
      if (!(yield* wasChangedSinceEvents()) && !isBehind) {
        position = head?.seq ?? position;
        run.ownEvents.clear();
        return [];
      }
      // If reading fails, the next call reads.
      isBehind = true;
      const events = yield* run.listChainAfter.all({ seq: position, limit: BATCH });
      isBehind = events.length === BATCH;
      position = events.at(-1)?.seq ?? position;
      const foreign = events.filter(({ hash }) => !run.ownEvents.has(hash));
      if (!isBehind) run.ownEvents.clear();
      return foreign.map(({ kind, subjectId }) => ({ kind, subjectId }));
    },
  };
}

/** Creates an act that says whether another connection has committed since it last ran. */
function watchVersion(run: Statements): () => Act<boolean> {
  let seen = run.readDataVersion.get().execute()?.version;
  return function* () {
    const before = seen;
    seen = (yield* run.readDataVersion.get())?.version;
    return seen !== before;
  };
}
