/** One migration. `hash` is the SHA-256 of its SQL file. */
export interface Migration {
  name: string;
  hash: string;
  statements: string[];
}

/** A migration as a database stores it. */
export type Applied = Pick<Migration, "name" | "hash">;

/**
 * The migrations of a set that are not applied yet. Throws unless the applied ones are the first of `known`, in
 * the same order and with the same SQL.
 */
export function findMissing(applied: Applied[], known: Migration[]): Migration[] {
  for (const [index, { name, hash }] of applied.entries()) {
    const expected = known[index];
    const isKnown = known.some((migration) => migration.name === name);
    if (!isKnown) throw new Error(`this version does not have its migration ${name}`);
    if (expected?.name !== name) {
      throw new Error(
        `the migration ${expected?.name} comes before ${name}, which is already applied`,
      );
    }
    if (expected.hash !== hash) {
      throw new Error(`the migration ${name} was changed after it was applied`);
    }
  }
  return known.slice(applied.length);
}
