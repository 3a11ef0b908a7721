import { describe, expect, test } from "bun:test";

import { GUESTBOOK_TEST, migrations, readBlocks, TreeCopy } from "./recipe.ts";

// Each recipe of a README is followed to the letter in a copy of the tree.

const APP = "src/pages/README.md";
const CONTRIBUTING = ".github/CONTRIBUTING.md";
const LONG = { timeout: 120_000 };

describe("a recipe", () => {
  test("adds a page without data", LONG, () => {
    using copy = new TreeCopy();
    copy.apply(readBlocks(APP, "A page without data"));
    copy.check();
    copy.test("test/garden_test.ts", GARDEN_TEST);
    copy.remove("test/garden_test.ts");
    copy.apply(readBlocks(APP, "A page in several languages"));
    copy.check();
    copy.test("test/garden_test.ts", GARDEN_TEST);
    copy.test("test/german_garden_test.ts", GERMAN_GARDEN_TEST);
  });

  test("adds a page with a table and a form, in five files of one's own", LONG, () => {
    using copy = new TreeCopy();
    const blocks = readBlocks(APP, "A page with a table and a form");
    expect(blocks.map(({ path }) => path)).toEqual([
      "db/guestbook.ts",
      "db/tables.ts",
      "views/guestbook.tsx",
      "src/pages/guestbook.tsx",
      "src/pages/pages.ts",
    ]);
    copy.apply(blocks);
    copy.run(...migrations("guestbook"));
    copy.check();
    copy.test("test/guestbook_test.ts", GUESTBOOK_TEST);
    copy.run(process.execPath, "test", "./test/db/personal_data_test.ts");
    // A column with a person's id that is not registered is found.
    const file = copy.read("db/guestbook.ts");
    copy.write("db/guestbook.ts", file.replace("personColumns: ({ authorId }) => [authorId],", ""));
    expect(() => copy.run(process.execPath, "test", "./test/db/personal_data_test.ts")).toThrow(
      "guestbook_entries.author_id",
    );
  });

  test("adds an environment variable, in three files", LONG, () => {
    using copy = new TreeCopy();
    copy.apply(readBlocks(CONTRIBUTING, "An environment variable"));
    const table = copy.read("README.md");
    const documented = () => copy.run(process.execPath, "test", "./test/documents_test.ts");
    expect(documented).toThrow("GARDEN_PLACE");
    copy.write(
      "README.md",
      table.replace("| `SIGN_IN_LIMIT`", "| `GARDEN_PLACE` | `back` | Where it is |\n$&"),
    );
    copy.run(process.execPath, "fmt", "README.md");
    documented();
    copy.check();
    copy.test("test/garden_place_test.ts", VARIABLE_TEST);
    copy.run(process.execPath, "test", "./test/config_test.ts");
  });

  test("adds an act of administrators, in nine files and a row of a test", LONG, () => {
    using copy = new TreeCopy();
    const blocks = readBlocks(CONTRIBUTING, "An act of administrators");
    const files = new Set(
      blocks.map(({ path }) => path).filter((path) => !path.startsWith("test")),
    );
    expect(files.size).toBe(9);
    copy.apply(blocks);
    copy.check();
    copy.run(process.execPath, "test", "./test/routes/audit_log_test.ts");
  });
});

const VARIABLE_TEST = `
import { expect, test } from "bun:test";
import { readConfig } from "../src/config.ts";

test("a variable", () => {
  const env = { GOOGLE_OAUTH2_CLIENT_ID: "client" };
  expect(readConfig({ ...env, GARDEN_PLACE: "front" }).gardenPlace).toBe("front");
  expect(() => readConfig({ ...env, GARDEN_PLACE: "moon" })).toThrow("GARDEN_PLACE");
});
`;

const GERMAN_GARDEN_TEST = `
import { expect, test } from "bun:test";
import { PAGES } from "../src/pages/pages.ts";
import { ADA, createFoyer } from "./fixture.ts";

test("the garden in German", async () => {
  const { visitor } = await createFoyer({}, { pages: PAGES });
  const ada = visitor();
  await ada.signIn(ADA);
  const headers = { "accept-language": "de" };
  const garden = await (await ada.fragment("/htmx/garden", { headers })).text();
  expect(garden).toContain("<title>Garten · Foyer</title>");
  expect(garden).toContain("Achten Sie auf die Rosen, Ada Lovelace.");
});
`;

const GARDEN_TEST = `
import { expect, test } from "bun:test";
import { PAGES } from "../src/pages/pages.ts";
import { ADA, createFoyer } from "./fixture.ts";

test("the garden", async () => {
  const { visitor } = await createFoyer({}, { pages: PAGES });
  const ada = visitor();
  expect((await ada.fragment("/htmx/garden")).status).toBe(401);
  expect((await ada.send("/spa/garden")).status).toBe(200);
  await ada.signIn(ADA);
  expect(await (await ada.fragment("/htmx/garden")).text()).toContain("Mind the roses, Ada Lovelace.");
  expect(await (await ada.fragment("/auth/auth_navbar")).text()).toContain('href="/spa/garden"');
});
`;
