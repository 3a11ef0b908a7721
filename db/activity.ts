import type { Activity } from "./contract/session.ts";

/** So many sessions wait at most, about 2 MB. Then activity is written at once. */
const MOST_WAITING = 10_000;

/** What a use changes. An administrator may have ended the session for good. */
interface Used {
  id: string;
  lastSeenAt: number;
  idleEndsAt: number;
  endedByAdminAt?: number | null;
}

/** A session as it is with the activity that waits. */
export type Look = <Session extends Used>(session: Session) => Session;

/** The activity that this process has not written yet: a commit for each use would cost more than the use. */
export interface WaitingActivity {
  readonly count: number;
  readonly isFull: boolean;
  add(activity: Activity): void;
  /**
   * How sessions look now. Take it before they are read: what is written meanwhile no longer waits, and is not in what
   * was read.
   */
  look(): Look;
  /** All that waits, in the order of the sessions, and what forgets it once it is written. */
  take(): { activities: Activity[]; forget: () => void };
}

/** Creates it, with nothing that waits. */
export function createWaitingActivity(): WaitingActivity {
  let waiting = new Map<string, Activity>();
  return {
    get count() {
      return waiting.size;
    },
    get isFull() {
      return waiting.size >= MOST_WAITING;
    },
    add(activity) {
      // What waits is not in the database, which still has what was before.
      const { seenAt = activity.seenAt } = waiting.get(activity.sessionId) ?? {};
      waiting.set(activity.sessionId, { ...activity, seenAt });
    },
    look() {
      const now = waiting;
      return (session) => see(session, now.get(session.id));
    },
    take() {
      const taken = new Map(waiting);
      const activities = [...taken.values()].toSorted((one, other) =>
        one.sessionId < other.sessionId ? -1 : 1,
      );
      const forget = () => {
        // A new map: whoever reads still sees what was in the other one.
        waiting = new Map([...waiting].filter(([id, activity]) => taken.get(id) !== activity));
      };
      return { activities, forget };
    },
  };
}

/** What ended stays as it was. A later use, of another process, counts more. A clock that was set back counts. */
function see<Session extends Used>(session: Session, activity: Activity | undefined): Session {
  if (!activity || (session.endedByAdminAt ?? null) !== null) return session;
  const { seenAt, now, idleEndsAt } = activity;
  const isLast = session.lastSeenAt === seenAt || session.lastSeenAt < now;
  return isLast ? { ...session, lastSeenAt: now, idleEndsAt } : session;
}
