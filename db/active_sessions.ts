import type { Query } from "./act.ts";
import type { WriteActivity } from "./activity_writer.ts";
import { listSessions } from "./acts/activity.ts";
import type { FoundSession } from "./contract/session.ts";
import type { Store } from "./contract/store.ts";
import type { Runner } from "./runner.ts";
import type { Statements } from "./statements/all.ts";

/** The store's methods that activity concerns which waits. */
export type ActiveSessions = Pick<
  Store,
  | "recordActivity"
  | "writeActivity"
  | "findSession"
  | "findSessionByAccess"
  | "findSessionById"
  | "findSessionsById"
  | "listSessions"
>;

/** Creates them: activity is noted, and seen at once. */
export function createActiveSessions({
  run,
  read,
  writeActivity,
}: Pick<Runner, "read"> & {
  run: Statements;
  writeActivity: WriteActivity;
}): ActiveSessions {
  const { activity } = run;

  /** Finds a session with its activity that waits. */
  function find<Found extends FoundSession>(query: Query<Found | null>): Promise<Found | null> {
    if (activity.count === 0) return read(query);
    return read(function* () {
      const see = activity.look();
      const session = yield* query;
      return session && see(session);
    });
  }

  return {
    async recordActivity(one) {
      if (activity.isFull) await writeActivity();
      activity.add(one);
    },
    writeActivity,
    findSession: (hash, boundHash = null) => find(run.findSession.get({ hash, boundHash })),
    findSessionByAccess: (accessHash) => find(run.findSessionByAccess.get({ accessHash })),
    findSessionById: (sessionId) => find(run.findSessionById.get({ sessionId })),
    async findSessionsById(ids) {
      const see = activity.look();
      const found = await read(run.findSessionsById.all({ ids: JSON.stringify(ids) }));
      return found.map(see);
    },
    listSessions: (owner) => read(() => listSessions(run, owner)),
  };
}
