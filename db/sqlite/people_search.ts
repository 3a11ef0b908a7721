import { type SQL, sql } from "drizzle-orm";

import { MAX_FOUND, type PeopleFilter } from "../contract/people_list.ts";
import type { Dialect, PeopleMatch } from "../dialect.ts";
import { peopleFilters } from "../statements/people_ids.ts";
import { placeholder } from "../statements/placeholders.ts";

/** FTS5's trigrams find nothing shorter. */
const SHORTEST_PART = 3;

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
  const parts = splitText(text);
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

/** The words of `text`. A word that is too short for an index of its own stays with its neighbour: "ada l". */
function splitText(text: string): string[] {
  const parts: string[] = [];
  const plain = text.normalize("NFC").replace(/\p{Cc}/gu, " ");
  for (const word of plain.split(/\s+/).filter(Boolean)) {
    const before = parts.at(-1);
    const staysWithIt = before !== undefined && (isShort(before) || isShort(word));
    if (staysWithIt) parts[parts.length - 1] = `${before} ${word}`;
    else parts.push(word);
  }
  return parts;
}

/** Both indexes ignore combining accents, so they do not count. */
function isShort(part: string): boolean {
  return [...part.replace(/[\u0300-\u036f]/g, "")].length < SHORTEST_PART;
}
