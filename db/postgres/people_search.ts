import { type SQL, sql } from "drizzle-orm";

import { MAX_FOUND, type PeopleFilter } from "../contract/people_list.ts";
import type { Dialect, PeopleMatch } from "../dialect.ts";
import { peopleFilters } from "../statements/people_ids.ts";
import { placeholder } from "../statements/placeholders.ts";

/** The search for `text` in names and addresses; `null` if it is empty. Each part of the text must be somewhere in it. */
export function matchPeople(
  text: string,
  dialect: Pick<Dialect, "tables" | "noCase" | "isListed">,
): PeopleMatch | null {
  const parts = text.normalize("NFC").split(/\s+/).filter(Boolean);
  if (parts.length === 0) return null;
  const { users } = dialect.tables;
  const { isActive, isDisabled, hasAdminRole } = peopleFilters(dialect);
  const statuses = { all: sql`true`, active: isActive, disabled: isDisabled, admins: hasAdminRole };
  const patterns = parts.map((part) => `%${part.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`);
  return {
    kind: "parts",
    source: (filter: PeopleFilter): SQL =>
      sql`(select * from ${users} where lower(${users.name} || ' ' || ${users.email}) like all (array(select json_array_elements_text(${placeholder("patterns")}::text::json))) and ${statuses[filter]} limit ${sql.raw(String(MAX_FOUND + 1))}) ${users}`,
    values: () => ({ patterns: JSON.stringify(patterns) }),
  };
}
