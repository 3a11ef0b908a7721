import { sql } from "drizzle-orm";

/** A value that is bound when the statement runs. */
export const bound = sql.placeholder;

/** A bound number in an update, where a placeholder alone is no value. */
export const boundNumber = (name: string) => sql<number>`${bound(name)}`;
