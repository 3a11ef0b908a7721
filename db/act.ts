/** Values for a statement's placeholders, by name. */
type Params = Record<string, unknown>;

/** A statement that Drizzle prepared, with SQLite's types. */
export interface Prepared {
  all(params?: Params): unknown;
  get(params?: Params): unknown;
  run(params?: Params): unknown;
}

/**
 * One query with its values. An act runs it with `yield*` and continues with the result. Creating a query
 * does not run it.
 */
export class Query<Result> implements Iterable<Query<unknown>, Result, unknown> {
  /** Gives its statement, which is prepared when it is needed for the first time. */
  readonly prepare: () => Prepared;
  /** Every row, the first one or `null`, or none. */
  readonly method: keyof Prepared;
  readonly params: Params;

  constructor(prepare: () => Prepared, method: keyof Prepared, params: Params) {
    this.prepare = prepare;
    this.method = method;
    this.params = params;
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

/** What a store runs: a single query, or an act. It begins an act again if another transaction was in its way. */
export type Work<Outcome> = Query<Outcome> | (() => Act<Outcome>);

/** Begins a piece of work. An act continues with its outcome. */
export function begin<Outcome>(work: Work<Outcome>): Iterable<Query<unknown>, Outcome, unknown> {
  return work instanceof Query ? work : work();
}

/** A statement. Each call creates a query for an act. */
export interface Statement<P extends Prepared> {
  all(params?: Params): Query<ReturnType<P["all"]>>;
  get(params?: Params): Query<NonNullable<ReturnType<P["get"]>> | null>;
  run(params?: Params): Query<void>;
}

/** A statement that is prepared when it is first run, once: a start needs few of the hundred. */
export function createStatement<P extends Prepared>(prepare: () => P): Statement<P> {
  let prepared: P | null = null;
  const once = () => (prepared ??= prepare());
  return {
    all: (params = {}) => new Query(once, "all", params),
    get: (params = {}) => new Query(once, "get", params),
    run: (params = {}) => new Query(once, "run", params),
  };
}
