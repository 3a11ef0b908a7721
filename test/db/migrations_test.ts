import { expect, test } from "bun:test";

import { migrations, TreeCopy } from "../recipe.ts";

test.each(["app", "foyer"] as const)(
  "the migrations of both engines make the tables as they are declared: %s",
  (set) => {
    using copy = new TreeCopy();
    const said = copy.run(...migrations("none", set));
    expect(said.match(/No schema changes, nothing to migrate/g)).toHaveLength(2);
  },
  60_000,
);
