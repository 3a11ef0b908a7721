import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { migrations, TreeCopy } from "../recipe.ts";

const FOLDER = join(import.meta.dir, "../../db/postgres/migrations");

/** Released migrations never change: existing databases were made by them. Those of SQLite: sqlite/migrate_test.ts. */
const RELEASED: Record<string, string> = {
  "0000_init.sql": "92ce8e2fa3576e6a5609cf6c6159c7638cfddc716fb2d9be7e46e718c4dc7b3f",
  "0001_people_search.sql": "e32f85aca392f5caab31daeade63447350d263561bf90c0004d5f53c286a9e2a",
  "0002_counters.sql": "7d10b5ba4038a6986148501e4e973ae4d2ed32d551e0666d09c66543ce0447a0",
};

test("the migrations of PostgreSQL are frozen", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".sql"));
  const hashes = files.map((name) => [
    name,
    new Bun.CryptoHasher("sha256").update(readFileSync(join(FOLDER, name))).digest("hex"),
  ]);
  expect(Object.fromEntries(hashes)).toEqual(RELEASED);
});

test.each(["app", "foyer"] as const)(
  "no table differs from its migrations, on either engine: %s",
  (set) => {
    using copy = new TreeCopy();
    const said = copy.run(...migrations("none", set));
    expect(said.match(/No schema changes, nothing to migrate/g)).toHaveLength(2);
  },
  60_000,
);
