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

  /** A session with its activity that waits. */
  function look<Found extends FoundSession>(found: Promise<Found | null>): Promise<Found | null> {
    if (activity.count === 0) return found;
    const see = activity.look();
    return found.then((session) => session && see(session));
  }

  return {
    async recordActivity(one) {
      if (activity.isFull) await writeActivity();
      activity.add(one);
    },
    writeActivity,
    findSession: (hash, boundHash = null) => look(read(run.findSession.get({ hash, boundHash }))),
    findSessionByAccess: (accessHash) => look(read(run.findSessionByAccess.get({ accessHash }))),
    findSessionById: (sessionId) => look(read(run.findSessionById.get({ sessionId }))),
    async findSessionsById(ids) {
      const see = activity.look();
      const found = await read(run.findSessionsById.all({ ids: JSON.stringify(ids) }));
      return found.map(see);
    },
    listSessions: (owner) => read(() => listSessions(run, owner)),
  };
}
