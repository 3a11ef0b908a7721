/** A value, or the promise of one. */
export type Soon<Value> = Value | Promise<Value>;

/**
 * Goes on with a value: at once if it is known, as what SQLite has read is. To wait for the promise of a known value
 * takes up to half a microsecond at each level, which is most of the work of a request that only reads.
 *
 * @see https://bun.com/docs/runtime/utils#bun-peek
 */
export function whenKnown<Value, Result>(
  soon: Soon<Value>,
  next: (value: Value) => Soon<Result>,
): Soon<Result> {
  if (!(soon instanceof Promise)) return next(soon);
  if (Bun.peek.status(soon) !== "fulfilled") return soon.then(next);
  return next(Bun.peek(soon) as Value);
}
