import { type SQL, sql } from "drizzle-orm";

import { MAX_FOUND, type PeopleFilter } from "../contract/people_list.ts";
import type { Dialect, PeopleMatch } from "../dialect.ts";
import { peopleFilters } from "../statements/people_ids.ts";
import { placeholder } from "../statements/placeholders.ts";
import { splitSearch } from "../statements/search_text.ts";

const MOST = sql.raw(String(MAX_FOUND + 1));
const STATUSES = { all: null, active: "active", disabled: "disabled", admins: "admin" } as const;

/**
 * The search for `text` in names and addresses; `null` if it is empty. Each part of the text must be somewhere in it. A
 * text of one or two characters must begin a word.
 */
export function matchPeople(
  text: string,
  dialect: Pick<Dialect, "tables" | "noCase" | "isListed">,
): PeopleMatch | null {
  const parts = splitSearch(text);
  if (parts.length === 0) return null;
  const { users } = dialect.tables;
  return {
    kind: "parts",
    source: (filter) =>
      // Without an offset, PostgreSQL would rather read all people than a thousand by their ids.
      sql`(${selectIds(filter, dialect)}) matched cross join lateral (select * from ${users} where ${users.id} = matched.user_id offset 0) ${users}`,
    values: () => ({ parts: JSON.stringify(parts) }),
  };
}

/** The ids of at most so many people as are taken. Those whom the configuration makes administrators have no such status. */
function selectIds(
  filter: PeopleFilter,
  dialect: Pick<Dialect, "tables" | "noCase" | "isListed">,
): SQL {
  const asked = sql`(select array(select foyer_fold(part) from json_array_elements_text(${placeholder("parts")}::text::json) part) as parts) asked`;
  const status = STATUSES[filter];
  const statuses = status === null ? sql`'{}'` : sql`array[${sql.raw(`'${status}'`)}]`;
  const matches = (block: SQL, wanted: SQL) =>
    sql`foyer_person_keys(position / 16384, text, statuses) @> foyer_search_keys(${block}, asked.parts, ${wanted}) and (select bool_and(length(part) < 3 or strpos(text, part) > 0) from unnest(asked.parts) part)`;
  const blocks = sql`(select generate_series(0, last_value / 16384) as block from people_search_position_seq) blocks`;
  const found = sql`select found.user_id from ${asked} cross join ${blocks} cross join lateral (select user_id from people_search where ${matches(sql`block`, statuses)}) found limit ${MOST}`;
  if (filter !== "admins") return found;
  const { users } = dialect.tables;
  const configured = sql`select ${users.id} from ${users} where ${peopleFilters(dialect).isConfigured}`;
  return sql`(${found}) union (select user_id from ${asked} cross join people_search where user_id in (${configured}) and ${matches(sql`position / 16384`, sql`'{}'`)}) limit ${MOST}`;
}
