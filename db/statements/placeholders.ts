import { sql } from "drizzle-orm";

/** A placeholder: its value is bound when the statement runs. */
export const placeholder = sql.placeholder;

/** A placeholder for a number in an update or in arithmetic, where a plain placeholder has no type. */
export const numberPlaceholder = (name: string) =>
  sql<number>`cast(${placeholder(name)} as bigint)`;
