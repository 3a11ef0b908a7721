import type { Columns } from "./columns.ts";

// Times are in milliseconds since 1970.

/**
 * What was done with the file as a whole. `backup`: the moment that the last good backup shows; in the backup itself,
 * its own. It is no row of the audit log, whose old events are deleted.
 */
export const defineFileMarks = ({ table, text, number }: Columns) =>
  table("file_marks", {
    name: text({ enum: ["backup"] }).primaryKey(),
    at: number().notNull(),
  });
