/** Called when the login status of a user changes, or when the process shuts down. */
export type LoginListener = (change: "changed" | "closing") => void;

/** The listeners for login status changes in this process, by user. */
export interface LoginEvents {
  /** Listens to `userId` until the returned function is called. */
  subscribe(userId: string, listener: LoginListener): () => void;
  publish(userId: string): void;
  /** Tells every listener that the process shuts down. */
  close(): void;
  readonly listenerCount: number;
}

/** Creates login events without listeners. */
export function createLoginEvents(): LoginEvents {
  const listeners = new Map<string, Set<LoginListener>>();
  return {
    subscribe(userId, listener) {
      const own = listeners.get(userId) ?? new Set();
      listeners.set(userId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(userId) === own) listeners.delete(userId);
      };
    },
    publish(userId) {
      for (const listener of [...(listeners.get(userId) ?? [])]) listener("changed");
    },
    close() {
      for (const listener of [...listeners.values()].flatMap((own) => [...own]))
        listener("closing");
    },
    get listenerCount() {
      return [...listeners.values()].reduce((sum, own) => sum + own.size, 0);
    },
  };
}
