/** Browsers send few different headers; strangers can invent any number. */
const MOST = 100;

/** Remembers what `read` says of a header, for at most a hundred values of it. */
export function rememberHeader<T>(
  read: (header: string | null) => T,
): (header: string | null) => T {
  const known = new Map<string | null, T>();
  return (header) => {
    const found = known.get(header);
    if (found !== undefined) return found;
    if (known.size >= MOST) known.clear();
    const said = read(header);
    known.set(header, said);
    return said;
  };
}
