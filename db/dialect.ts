import type { SQL, SQLWrapper } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Prepared, Statement } from "./act.ts";
import type { PeopleFilter } from "./contract/people_list.ts";
import type { Tables } from "./schema/all.ts";

/** What statements are built with, so that each is written once for both engines. */
export interface Dialect {
  /** Drizzle's builders. They have SQLite's types on both engines. */
  db: BunSQLiteDatabase;
  tables: Tables;
  /** A statement that Drizzle builds when it is first run, once: building it for each call costs 160 µs. */
  statement<P extends Prepared>(build: () => { prepare(): P }): Statement<P>;
  /** A text as an index keeps it that ignores ASCII case. */
  noCase(text: SQLWrapper): SQL;
  /** Whether `text` is one of the JSON array in the placeholder `name`. */
  isListed(text: SQLWrapper, name: string): SQL;
  /** The rows `used` of a JSON array of activities: `session_id`, `now`, `idle_ends_at`. */
  activityRows(activities: SQLWrapper): SQL;
  /** A value that SQLite plans nothing for: neither an index of a column, nor each bound value (13 µs against 2). */
  unplanned(value: SQLWrapper): SQL;
  /** The rows of `counters`, with what is not added up yet. A name may stand in several of them. */
  counted: SQL;
  /** The size of the database in bytes. */
  databaseBytes: SQL;
  /** The position of a row of an application's table among those of one person in `column`, to read them in batches. */
  position(column: SQLiteColumn): SQL<number>;
  /** What finds people by a part of their name or address; `null` if `text` is empty. */
  matchPeople(text: string): PeopleMatch | null;
}

/** A search for people. It takes only so many matches as are listed: to sort all of them takes 200 ms among a million. */
export interface PeopleMatch {
  /** Searches with the same kind have the same statement. */
  kind: string;
  /** The matching people with the status `filter`, as a source with the name and columns of `users`. */
  source(filter: PeopleFilter): SQL;
  /** The values of its placeholders. */
  values(filter: PeopleFilter): Record<string, unknown>;
}
