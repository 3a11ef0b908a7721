import type { Every } from "../machine.ts";

/** What the followers of a session are told: its status may have changed, or nothing has. */
export type LoginNews = "changed" | "nothing";

/**
 * Why a stream ends: its session has, a newer stream took its place, its session cannot be read, its device must prove
 * itself again, or the process shuts down.
 */
export type StreamEnd = "ended" | "replaced" | "failed" | "unproved" | "closing";

/** One open page, or another follower of a session. */
export interface LoginStream {
  userId: string;
  sessionId: string;
  /** Whether the session still exists, for whoever reads it. */
  isAlive(): Promise<boolean>;
  /** Whether the proof that came with the request of this stream still counts. */
  isProved(): boolean;
  tell(news: LoginNews): void;
  end(why: StreamEnd): void;
}

/** The streams of login status changes in this process. */
export interface LoginEvents {
  /** Follows a session until the returned function is called; `null` if there is no room for another stream. */
  follow(stream: LoginStream): (() => void) | null;
  /** Tells the streams of a user that their status may have changed. Each session is read once. */
  publish(userId: string): void;
  /** Ends every stream, as the process shuts down. */
  close(): void;
  /** How many streams are open. */
  readonly listenerCount: number;
}

/**
 * How many streams may be open. A browser opens one for each tab that shows a page, and no more than six to an origin
 * over HTTP/1.1. 32 are four devices full of tabs. A stream costs about 10 KB: 20,000 are 200 MB, and twice the people
 * that one process is meant for.
 */
export const MAX_STREAMS = { session: 8, user: 32, all: 20_000 } as const;

/** Less than ten seconds, after which Bun closes an idle connection. */
const HEARTBEAT_MS = 5000;

interface LoginEventsOptions {
  every: Every;
  /** Whether the process must not open more streams, for lack of descriptors. */
  isFull?: () => boolean;
}

/** Creates login events without streams. */
export function createLoginEvents({ every, isFull }: LoginEventsOptions): LoginEvents {
  /** The streams of each user, the oldest first. */
  const users = new Map<string, { streams: Set<LoginStream>; stopHeartbeat: () => void }>();
  let count = 0;

  function follow(stream: LoginStream): (() => void) | null {
    makeRoom(stream);
    if (count >= MAX_STREAMS.all || isFull?.()) return null;
    const { userId } = stream;
    let user = users.get(userId);
    if (!user) {
      const stopHeartbeat = every(HEARTBEAT_MS, () => tell(userId, "nothing"));
      user = { streams: new Set(), stopHeartbeat };
      users.set(userId, user);
    }
    user.streams.add(stream);
    count += 1;
    return () => remove(stream);
  }

  /** Ends the oldest streams of a session and of a user that have as many as they may. */
  function makeRoom({ userId, sessionId }: LoginStream): void {
    const all = streamsOf(userId);
    const own = all.filter((stream) => stream.sessionId === sessionId);
    if (own.length >= MAX_STREAMS.session) end(own[0], "replaced");
    else if (all.length >= MAX_STREAMS.user) end(all[0], "replaced");
  }

  function remove(stream: LoginStream): void {
    const user = users.get(stream.userId);
    if (!user?.streams.delete(stream)) return;
    count -= 1;
    if (user.streams.size > 0) return;
    user.stopHeartbeat();
    users.delete(stream.userId);
  }

  function end(stream: LoginStream | undefined, why: StreamEnd): void {
    if (!stream) return;
    remove(stream);
    stream.end(why);
  }

  function streamsOf(userId: string): LoginStream[] {
    return [...(users.get(userId)?.streams ?? [])];
  }

  function tell(userId: string, news: LoginNews): void {
    const sessions = Map.groupBy(streamsOf(userId), ({ sessionId }) => sessionId);
    for (const streams of sessions.values()) void tellSession(streams, news);
  }

  async function tellSession(streams: LoginStream[], news: LoginNews): Promise<void> {
    const why = await streams[0]?.isAlive().then(
      (isAlive): StreamEnd | null => (isAlive ? null : "ended"),
      (): StreamEnd => "failed",
    );
    for (const stream of streams) {
      // Its browser may have gone while the session was read, and a closed stream can be told nothing.
      if (!users.get(stream.userId)?.streams.has(stream)) continue;
      if (why) end(stream, why);
      else if (!stream.isProved()) end(stream, "unproved");
      else stream.tell(news);
    }
  }

  return {
    follow,
    publish: (userId) => tell(userId, "changed"),
    close() {
      for (const userId of [...users.keys()]) {
        for (const stream of streamsOf(userId)) end(stream, "closing");
      }
    },
    get listenerCount() {
      return count;
    },
  };
}
