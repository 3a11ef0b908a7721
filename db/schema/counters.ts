import type { Columns } from "./columns.ts";

/**
 * How many rows there are, so that nobody counts a million. Triggers keep it, because they see every change: what is
 * deleted with a person, too.
 */
export const defineCounters = ({ table, text, number }: Columns) =>
  table("counters", {
    /** `sessions`: those that no administrator has ended, expired ones included until they are deleted. */
    name: text({ enum: ["people", "disabled", "disabled_by_google", "sessions"] }).primaryKey(),
    count: number().notNull(),
  });
