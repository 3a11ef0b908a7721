import type { AppStore } from "../../db/contract/app_store.ts";
import type { Chance } from "../chance.ts";

/** The order in which requests under way at the same moment reach the store: a seed decides it. */
export class Turns {
  #waiting: (() => void)[] = [];
  #areTaken = false;

  /** The same store, but each call waits for its turn while requests run together. */
  of(store: AppStore): AppStore {
    const calls = Object.entries(store).map(([name, value]) => [
      name,
      typeof value === "function" && name !== "close"
        ? (...args: unknown[]) => this.take(() => value(...args))
        : value,
    ]);
    return Object.fromEntries(calls);
  }

  /** Starts all `runs`, and lets one call at a time through until all have ended. */
  async together<Result>(runs: (() => Promise<Result>)[], chance: Chance): Promise<Result[]> {
    this.#areTaken = true;
    let open = runs.length;
    const results = runs.map((run) => run().finally(() => (open -= 1)));
    while (open > 0) {
      await settle();
      this.#waiting.splice(chance.below(this.#waiting.length || 1), 1)[0]?.();
    }
    this.#areTaken = false;
    // What goes on in the background waits for nobody.
    for (const go of this.#waiting.splice(0)) go();
    return Promise.all(results);
  }

  /** Runs `call` when it is its turn. */
  take<Result>(call: () => Promise<Result>): Promise<Result> {
    if (!this.#areTaken) return call();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    return promise.then(call);
  }
}

/** Resolves when everything that can go on has gone on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
