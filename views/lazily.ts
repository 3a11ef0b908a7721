/** Makes a value when it is first needed, and keeps it: an `Intl` formatter takes 1 to 13 ms. */
export function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
