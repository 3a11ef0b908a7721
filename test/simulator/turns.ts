import type { AppStore } from "../../db/contract/app_store.ts";
import type { Chance } from "../chance.ts";

/** The order in which requests under way at the same moment reach the store: a seed decides it. */
export class Turns {
  #waiting: (() => void)[] = [];
  #areTaken = false;
  readonly #running = new Set<Promise<unknown>>();

  /** The same store, but each call waits for its turn while requests run together. */
  of(store: AppStore): AppStore {
    const calls = Object.entries(store).map(([name, value]) => [
      name,
      typeof value === "function" && name !== "close"
        ? (...args: unknown[]) => this.take(() => this.watch(value(...args)))
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
      const [go] = this.#waiting.splice(chance.below(this.#waiting.length || 1), 1);
      if (go) go();
      // PostgreSQL answers later, and meanwhile others have their turn.
      else if (this.#running.size > 0) await Promise.race(this.#running);
    }
    this.#areTaken = false;
    // What goes on in the background waits for nobody.
    for (const go of this.#waiting.splice(0)) go();
    return Promise.all(results);
  }

  /** Counts work as under way until it ends. */
  watch<Result>(work: Promise<Result>): Promise<Result> {
    const ended = work.then(
      () => {},
      () => {},
    );
    this.#running.add(ended);
    void ended.then(() => this.#running.delete(ended));
    return work;
  }

  /** Resolves when nothing is under way any more, also what goes on in the background. */
  async rest(): Promise<void> {
    await settle();
    while (this.#running.size > 0) {
      await Promise.all(this.#running);
      await settle();
    }
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
