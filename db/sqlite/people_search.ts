import { type SQL, sql } from "drizzle-orm";

import { MAX_FOUND, type PeopleFilter } from "../contract/people_list.ts";
import type { Dialect, PeopleMatch } from "../dialect.ts";
import { peopleFilters } from "../statements/people_ids.ts";
import { placeholder } from "../statements/placeholders.ts";
import { isShort, splitSearch } from "../statements/search_text.ts";

/**
 * The search for `text` in names and addresses; `null` if it is empty. Each part of the text must be somewhere in
 * it. A text of one or two characters must begin a word.
 *
 * @see https://www.sqlite.org/fts5.html#the_trigram_tokenizer
 */
export function matchPeople(
  text: string,
  dialect: Pick<Dialect, "tables" | "noCase" | "isListed">,
): PeopleMatch | null {
  const parts = splitSearch(text);
  const [only = ""] = parts;
  if (only === "") return null;
  const isWord = parts.length === 1 && isShort(only);
  const phrases = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(" AND ");
  const match = `{name email} : (${phrases}${isWord ? "*" : ""})`;
  const index = isWord ? "people_words" : "people_parts";
  return {
    kind: index,
    source: (filter) => joinPeople(selectRows(index, filter), dialect),
    values(filter) {
      if (filter === "all") return { match };
      const status = filter === "admins" ? "admin" : filter;
      return { match: `${match} AND status : "${status}"`, matchAny: match };
    },
  };

  /** The rows of the index that FTS5 finds. Those whom the configuration makes administrators have no such status. */
  function selectRows(name: string, filter: PeopleFilter): SQL {
    const table = sql.identifier(name);
    const select = (query: string) =>
      sql`select rowid as position from ${table} where ${table} match ${placeholder(query)}`;
    if (filter !== "admins") return select("match");
    const { users } = dialect.tables;
    const configured = sql`select position from people_search_rows where user_id in (select id from ${users} where ${peopleFilters(dialect).isConfigured})`;
    return sql`${select("match")} union ${select("matchAny")} and rowid in (${configured})`;
  }
}

/** A cross join keeps its order: from the first matches to the people. */
function joinPeople(rows: SQL, { tables: { users } }: Pick<Dialect, "tables">): SQL {
  return sql`(select * from (${rows}) limit ${sql.raw(String(MAX_FOUND + 1))}) matched cross join people_search_rows searched on searched.position = matched.position cross join ${users} on ${users.id} = searched.user_id`;
}
