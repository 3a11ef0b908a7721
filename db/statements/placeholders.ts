import { sql } from "drizzle-orm";

/** A value that is bound when the statement runs. */
export const placeholder = sql.placeholder;

/** A number that is bound in an update, where a placeholder alone has no type. */
export const numberPlaceholder = (name: string) => sql<number>`${placeholder(name)}`;
