import type { RawSql } from "./raw_sql.ts";

/** The rows that each counter counts. */
const ROWS: Record<string, string> = {
  disabled: "users WHERE disabled_at IS NOT NULL OR google_disabled_at IS NOT NULL",
  disabled_by_google: "users WHERE google_disabled_at IS NOT NULL",
  people: "users",
  sessions: "sessions WHERE ended_at IS NULL",
};

/** What the counters say while nobody writes, and how many rows there are: the same, if every change was counted. */
export async function readCounted(
  sql: RawSql,
): Promise<{ kept: unknown[][]; counted: unknown[][] }> {
  const hasChanges = (await sql.tables()).includes("counter_changes");
  const changes = hasChanges ? "UNION ALL SELECT name, change FROM counter_changes" : "";
  const kept = await sql.read(
    `SELECT name, CAST(sum(count) AS integer) FROM (SELECT name, count FROM counters ${changes}) AS changed GROUP BY name ORDER BY name`,
  );
  const columns = Object.entries(ROWS).map(
    ([name, rows]) => `(SELECT count(*) FROM ${rows}) AS ${name}`,
  );
  const [counts = []] = await sql.read(`SELECT ${columns.join(", ")}`);
  return { kept, counted: Object.keys(ROWS).map((name, index) => [name, counts[index]]) };
}
