/** How long a request's work may take, the wait for a connection included, in milliseconds. */
export const DEADLINE_MS = 2000;

/** The time is over. */
export class Late extends Error {
  readonly code = "too late";
}

/** Settles as `attempt` does, or rejects with {@linkcode Late} at the time `until` of `performance.now()`. */
export async function beforeTime<T>(attempt: Promise<T>, until: number): Promise<T> {
  attempt.catch(() => {});
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Late()), until - performance.now());
  try {
    return await Promise.race([attempt, promise]);
  } finally {
    clearTimeout(timer);
  }
}
