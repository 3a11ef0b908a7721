import type { ForeignEvent } from "../contract/other_processes.ts";
import type { Runner } from "../runner.ts";
import type { Statements } from "../statements/all.ts";

/** An event of the chain, by its number and its hash. */
export interface ChainPosition {
  seq: number;
  hash: string;
}

const BATCH = 1000;

/** Creates what reads the events of other processes behind `position`, each once. Call it again when it has ended. */
export function createOtherProcesses(run: Statements, position: ChainPosition) {
  // Numbers are given in the order of the commits, one at a time. So none comes later behind this one.
  let seen = position;

  return async function readForeignEvents(read: Runner["read"]): Promise<ForeignEvent[]> {
    const head = await read(run.findMark.get({ name: "head" }));
    if (!head || head.hash === seen.hash) return [];
    const list = (seq: number) => read(run.listChainAfter.all({ seq, limit: BATCH }));
    // With the last one: after a failover or a restore, the chain may be another from somewhere before it.
    let events = await list(seen.seq - 1);
    if (isReplaced(events[0], seen)) events = await list(head.seq - BATCH);
    const fresh = events.filter(({ hash }) => hash !== seen.hash);
    // Only now: what has failed on its way is read once more.
    const { seq, hash } = events.at(-1) ?? head;
    seen = { seq, hash };
    const foreign = fresh.filter(({ detailsHash }) => !run.ownEvents.delete(detailsHash));
    return foreign.map(({ kind, subjectId }) => ({ kind, subjectId }));
  };
}

/** Whether `next` is not what comes from `seen` on. Where `seen` was deleted as old, its successor comes. */
function isReplaced(next: ChainPosition | undefined, seen: ChainPosition): boolean {
  return !next || (next.seq === seen.seq && next.hash !== seen.hash);
}
