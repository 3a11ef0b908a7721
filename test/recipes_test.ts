import { describe, expect, test } from "bun:test";

import { readBlocks, TreeCopy } from "./recipe.ts";

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
    copy.run("node_modules/.bin/drizzle-kit", ...migrations("guestbook"));
    copy.check();
    copy.test("test/guestbook_test.ts", GUESTBOOK_TEST);
    copy.run(process.execPath, "test", "./test/db/personal_data_test.ts");
    // A column with a person's id that is not registered is found.
    const file = copy.read("db/guestbook.ts");
    copy.write("db/guestbook.ts", file.replace("personColumns: [guestbookEntries.authorId],", ""));
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

  test("adds an act of administrators, in eight files and a row of a test", LONG, () => {
    using copy = new TreeCopy();
    const blocks = readBlocks(CONTRIBUTING, "An act of administrators");
    const files = new Set(
      blocks.map(({ path }) => path).filter((path) => !path.startsWith("test")),
    );
    expect(files.size).toBe(8);
    copy.apply(blocks);
    copy.check();
    copy.run(process.execPath, "test", "./test/routes/audit_log_test.ts");
  });

  test("removes the demonstration", LONG, () => {
    using copy = new TreeCopy();
    copy.remove("src/pages/demo", "views/demo", "db/customers.ts", "db/app_migrations");
    copy.remove("test/demo", "test/browser/screenshots.ts");
    copy.run("sh", "-c", "rm test/browser/*_test.ts");
    copy.apply(readBlocks(APP, "Start your own from Foyer"));
    copy.check();
    copy.run(process.execPath, "test", "--parallel", "./test/routes", "./test/pages", "./test/db");
  });

  test("takes a later Foyer without a conflict", LONG, () => {
    using copy = new TreeCopy();
    const git = (...args: string[]) =>
      copy.run("git", "-c", "user.name=A", "-c", "user.email=a@example.com", ...args);
    const commit = (title: string) => {
      git("add", "-A");
      git("commit", "-qm", title);
    };
    git("init", "-q", "-b", "foyer");
    commit("Foyer");
    git("checkout", "-qb", "app");
    copy.apply(readBlocks(APP, "A page with a table and a form"));
    copy.run("node_modules/.bin/drizzle-kit", ...migrations("guestbook"));
    commit("A guestbook");
    git("checkout", "-q", "foyer");
    for (const path of LATER_FOYER) copy.write(path, `${copy.read(path)}// A later Foyer.\n`);
    const schema = copy.read("db/schema.ts");
    copy.write(
      "db/schema.ts",
      schema.replace("picture: text(),", "picture: text(),\n    locale: text(),"),
    );
    copy.run("node_modules/.bin/drizzle-kit", ...migrations("locale", "db/drizzle.config.ts"));
    commit("A later Foyer");
    git("checkout", "-q", "app");
    expect(git("merge", "--no-edit", "foyer")).not.toContain("CONFLICT");
    copy.test("test/guestbook_test.ts", GUESTBOOK_TEST);
  });
});

function migrations(name: string, config = "db/app.drizzle.config.ts"): string[] {
  return ["generate", "--config", config, "--name", name];
}

/** One file in each of Foyer's folders. */
const LATER_FOYER = [
  "src/app.ts",
  "src/auth/nonce.ts",
  "src/commands/commands.ts",
  "src/http/form.ts",
  "src/session/read_session.ts",
  "src/pages/all_pages.tsx",
  "src/routes/navbar.tsx",
  "src/google_stand_in/tokens.ts",
  "views/page.tsx",
  "views/pages/account.tsx",
  "views/sign_in/google_button.tsx",
  "views/browser/main.ts",
  "db/sqlite.ts",
  "db/acts/people.ts",
  "db/contract/store.ts",
  "db/statements/users.ts",
  "db/file/migrate.ts",
  "test/fixture.ts",
];

const VARIABLE_TEST = `
import { expect, test } from "bun:test";
import { readConfig } from "../src/config.ts";

test("a variable", () => {
  const env = { GOOGLE_OAUTH2_CLIENT_ID: "client" };
  expect(readConfig({ ...env, GARDEN_PLACE: "front" }).gardenPlace).toBe("front");
  expect(() => readConfig({ ...env, GARDEN_PLACE: "moon" })).toThrow("GARDEN_PLACE");
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

const GUESTBOOK_TEST = `
import { expect, test } from "bun:test";
import { PAGES } from "../src/pages/pages.ts";
import { ADA, createFoyer, GRACE } from "./fixture.ts";
import type { Visitor } from "./visitor.ts";

const act = async (visitor: Visitor, method: string, path: string, text?: string) => {
  const headers = { "x-signed-in-as": await visitor.shownSession() };
  const body = text === undefined ? {} : { body: new URLSearchParams({ text }) };
  return visitor.fragment(path, { method, headers, ...body });
};

test("the guestbook", async () => {
  const { visitor, store } = await createFoyer({}, { pages: PAGES });
  const [ada, grace] = [visitor(), visitor()];
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  const written = await (await act(ada, "POST", "/htmx/guestbook", "<b>Hello</b>")).text();
  expect(written).toContain("&lt;b&gt;Hello&lt;/b&gt;");
  for (const text of [" ", "x".repeat(501)]) {
    expect((await act(ada, "POST", "/htmx/guestbook", text)).status).toBe(400);
  }
  const [entry] = await store.tables.guestbook.list();
  const path = "/htmx/guestbook/" + entry?.id;
  expect((await act(grace, "DELETE", path)).status).toBe(404);
  const exported = await (await ada.send("/account/export")).json();
  expect(exported.tables["guestbook_entries.author_id"]).toHaveLength(1);
  expect((await act(ada, "DELETE", path)).status).toBe(200);
  await act(grace, "POST", "/htmx/guestbook", "Goodbye");
  expect((await act(grace, "DELETE", "/account")).status).toBe(200);
  expect(await store.tables.guestbook.list()).toEqual([]);
});
`;
