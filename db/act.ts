/** Values for a statement's placeholders, by name. */
type Params = Record<string, unknown>;

/** A statement that Drizzle prepared. */
interface Prepared {
  all(params?: Params): unknown;
  get(params?: Params): unknown;
  run(params?: Params): unknown;
}

/**
 * One query with its values. An act runs it with `yield*` and continues with the result. Creating a query
 * does not run it.
 */
export class Query<Result> implements Iterable<Query<unknown>, Result, unknown> {
  readonly #prepared: Prepared;
  readonly #method: keyof Prepared;
  readonly #params: Params;

  constructor(prepared: Prepared, method: keyof Prepared, params: Params) {
    this.#prepared = prepared;
    this.#method = method;
    this.#params = params;
  }

  /** Runs the query on SQLite, synchronously. A missing row is `null`. */
  execute(): Result {
    const result = this.#prepared[this.#method](this.#params);
    return (this.#method === "get" ? (result ?? null) : result) as Result;
  }

  *[Symbol.iterator](): Act<Result> {
    return (yield this) as Result;
  }
}

/**
 * A unit of database work: a generator that yields queries. A write runs in one transaction, completely or not
 * at all. An act cannot wait for anything but its queries.
 */
export type Act<Outcome> = Generator<Query<unknown>, Outcome, unknown>;

/** An act or a single query. */
export type ActOrQuery<Outcome> = Iterable<Query<unknown>, Outcome, unknown>;

/** A prepared statement. Each call creates a query for an act. */
export interface Statement<P extends Prepared> {
  all(params?: Params): Query<ReturnType<P["all"]>>;
  get(params?: Params): Query<NonNullable<ReturnType<P["get"]>> | null>;
  run(params?: Params): Query<void>;
}

/** Prepares a statement once: building it for each call costs 160 µs. */
export function statement<P extends Prepared>(query: { prepare(): P }): Statement<P> {
  const prepared = query.prepare();
  return {
    all: (params = {}) => new Query(prepared, "all", params),
    get: (params = {}) => new Query(prepared, "get", params),
    run: (params = {}) => new Query(prepared, "run", params),
  };
}

/** Runs an act to its end. SQLite is synchronous, so no other code runs in between. */
export function runAct<Outcome>(act: ActOrQuery<Outcome>): Outcome {
  if (act instanceof Query) return act.execute();
  const steps = act[Symbol.iterator]();
  let step = steps.next();
  while (!step.done) step = steps.next(step.value.execute());
  return step.value;
}
