import type { FoundSession } from "../../db/contract/session.ts";
import type { Store } from "../../db/contract/store.ts";
import type { Every } from "../machine.ts";
import { createHeartbeats } from "./heartbeats.ts";
import {
  type LoginNews,
  type LoginStream,
  LoginStreams,
  MAX_STREAMS,
  type StreamEnd,
} from "./login_streams.ts";

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

/** So many streams are told at once, and then requests have their turn: about 2 ms. */
const STREAMS_AT_ONCE = 100;

/** Longer than that, and requests have their turn earlier: what ends a session is written. */
const LONGEST_MS = 5;

interface LoginEventsOptions {
  store: Pick<Store, "findSessionsById">;
  every: Every;
  /** Whether the process must not open more streams, for lack of descriptors. */
  isFull?: () => boolean;
}

/** Lets requests have their turn. */
const haveTurns = () => new Promise((resolve) => setImmediate(resolve));

/** Why the session of a stream is over, as it was just found; `null` if it is not. */
function whyOver(stream: LoginStream, found: FoundSession | null): Promise<StreamEnd | null> {
  return stream.isAlive(found).then(
    (isAlive) => (isAlive ? null : "ended"),
    () => "failed",
  );
}

/** Creates login events without streams. */
export function createLoginEvents({ store, every, isFull }: LoginEventsOptions): LoginEvents {
  const streams = new LoginStreams();
  const heartbeats = createHeartbeats(every, (userIds) => tell(userIds, "nothing"));
  /** The users whose streams are to be told, those with a change first. */
  const waiting: Record<LoginNews, Set<string>> = { changed: new Set(), nothing: new Set() };
  let isTelling = false;

  function follow(stream: LoginStream): (() => void) | null {
    end(streams.findTooMany(stream), "replaced");
    if (streams.count >= MAX_STREAMS.all || isFull?.()) return null;
    streams.add(stream);
    heartbeats.add(stream.userId);
    return () => remove(stream);
  }

  function remove(stream: LoginStream): void {
    streams.remove(stream);
    if (streams.of(stream.userId).length === 0) heartbeats.remove(stream.userId);
  }

  function end(stream: LoginStream | undefined, why: StreamEnd): void {
    if (!stream) return;
    remove(stream);
    stream.end(why);
  }

  function tell(userIds: Iterable<string>, news: LoginNews): void {
    for (const userId of userIds) waiting[news].add(userId);
    if (!isTelling) void tellAll();
  }

  /** Tells all that wait, a few at a time. Who waits once more meanwhile is read once more. */
  async function tellAll(): Promise<void> {
    isTelling = true;
    try {
      for (let next = takeNext(); next; next = takeNext()) {
        await tellSome(next.streams, next.news);
        await haveTurns();
      }
    } finally {
      isTelling = false;
    }
  }

  function takeNext(): { streams: LoginStream[]; news: LoginNews } | null {
    for (const news of ["changed", "nothing"] as const) {
      const next: LoginStream[] = [];
      for (const userId of waiting[news]) {
        if (next.length >= STREAMS_AT_ONCE) break;
        waiting[news].delete(userId);
        next.push(...streams.of(userId));
      }
      if (next.length > 0) return { streams: next, news };
    }
    return null;
  }

  /** Reads the sessions of these streams by one query, and tells them. */
  async function tellSome(some: LoginStream[], news: LoginNews): Promise<void> {
    const sessions = Map.groupBy(some, ({ sessionId }) => sessionId);
    const found = await store.findSessionsById([...sessions.keys()]).catch(() => null);
    const byId = new Map(found?.map((session) => [session.id, session]));
    let begun = performance.now();
    for (const [id, followers] of sessions) {
      const [first] = followers as [LoginStream];
      const why = found ? await whyOver(first, byId.get(id) ?? null) : "failed";
      for (const stream of followers) tellStream(stream, why ?? news);
      if (performance.now() - begun < LONGEST_MS) continue;
      await haveTurns();
      begun = performance.now();
    }
  }

  function tellStream(stream: LoginStream, news: LoginNews | StreamEnd): void {
    // Its browser may have gone while the session was read.
    if (!streams.has(stream)) return;
    try {
      if (news !== "changed" && news !== "nothing") end(stream, news);
      else if (!stream.isProved()) end(stream, "unproved");
      else stream.tell(news);
    } catch {
      // What cannot be told has no reader any more, and must not keep the others from being told.
      remove(stream);
    }
  }

  return {
    follow,
    publish: (userId) => tell([userId], "changed"),
    close() {
      for (const userId of streams.users()) {
        for (const stream of streams.of(userId)) end(stream, "closing");
      }
    },
    get listenerCount() {
      return streams.count;
    },
  };
}
