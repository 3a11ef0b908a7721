import type { FoundSession } from "../../db/contract/session.ts";

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
  /** Whether its session is still alive, as it was just found; `null`: it was not. */
  isAlive(found: FoundSession | null): Promise<boolean>;
  /** Whether the proof that came with the request of this stream still counts. */
  isProved(): boolean;
  tell(news: LoginNews): void;
  end(why: StreamEnd): void;
}

/**
 * How many streams may be open. A browser opens one for each tab that shows a page, and no more than six to an origin
 * over HTTP/1.1. 32 are four devices full of tabs. A stream costs about 10 KB: 20,000 are 200 MB, and twice the people
 * that one process is meant for.
 */
export const MAX_STREAMS = { session: 8, user: 32, all: 20_000 } as const;

/** The open streams, by their users. */
export class LoginStreams {
  /** The streams of each user, the oldest first. */
  readonly #users = new Map<string, Set<LoginStream>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  users(): string[] {
    return [...this.#users.keys()];
  }

  of(userId: string): LoginStream[] {
    return [...(this.#users.get(userId) ?? [])];
  }

  has(stream: LoginStream): boolean {
    return this.#users.get(stream.userId)?.has(stream) ?? false;
  }

  add(stream: LoginStream): void {
    const own = this.#users.get(stream.userId);
    if (own) own.add(stream);
    else this.#users.set(stream.userId, new Set([stream]));
    this.#count += 1;
  }

  remove(stream: LoginStream): void {
    const own = this.#users.get(stream.userId);
    if (!own?.delete(stream)) return;
    this.#count -= 1;
    if (own.size === 0) this.#users.delete(stream.userId);
  }

  /** The oldest stream of a session or a user that has as many as it may. */
  findTooMany({ userId, sessionId }: LoginStream): LoginStream | undefined {
    const all = this.of(userId);
    const own = all.filter((stream) => stream.sessionId === sessionId);
    if (own.length >= MAX_STREAMS.session) return own[0];
    return all.length >= MAX_STREAMS.user ? all[0] : undefined;
  }
}
