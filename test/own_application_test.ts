import { describe, expect, test } from "bun:test";

import { GUESTBOOK_TEST, migrations, readBlocks, TreeCopy } from "./recipe.ts";

const APP = "src/pages/README.md";
const LONG = { timeout: 240_000 };

describe("an application of one's own", () => {
  test("is Foyer without the demonstration", LONG, () => {
    using copy = new TreeCopy();
    copy.remove("src/pages/demo", "views/demo", "db/customers.ts", "db/app_migrations");
    copy.remove("test/demo", "test/browser/screenshots.ts", "test/browser/states");
    copy.run("sh", "-c", "rm test/browser/*_test.ts test/browser/describe_unreachable.ts");
    copy.apply(readBlocks(APP, "Start your own from Foyer"));
    copy.check();
    copy.run(
      process.execPath,
      "test",
      "--parallel",
      "--timeout=30000",
      // They take long, and look at nothing that an application replaces.
      "--path-ignore-patterns=test/routes/{credential,request_cost,session_property,stolen_session}_test.ts",
      "./test/routes",
      "./test/pages",
      "./test/db/sqlite",
    );
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
    copy.run(...migrations("guestbook"));
    commit("A guestbook");
    git("checkout", "-q", "foyer");
    for (const path of LATER_FOYER) copy.write(path, `${copy.read(path)}// A later Foyer.\n`);
    const schema = copy.read("db/schema/people.ts");
    copy.write(
      "db/schema/people.ts",
      schema.replace("picture: text(),", "picture: text(),\n      locale: text(),"),
    );
    copy.run(...migrations("locale", "foyer"));
    commit("A later Foyer");
    git("checkout", "-q", "app");
    expect(git("merge", "--no-edit", "foyer")).not.toContain("CONFLICT");
    copy.test("test/guestbook_test.ts", GUESTBOOK_TEST);
  });
});

/** One file in each of Foyer's folders. */
const LATER_FOYER = [
  "src/app.ts",
  "src/auth/nonce.ts",
  "src/commands/commands.ts",
  "src/http/form.ts",
  "src/session/read_session.ts",
  "src/pages/all_pages.ts",
  "src/routes/navbar.tsx",
  "src/google_stand_in/tokens.ts",
  "views/page.tsx",
  "views/pages/account.tsx",
  "views/sign_in/google_button.tsx",
  "views/browser/main.ts",
  "db/sqlite/open_sqlite.ts",
  "db/acts/people.ts",
  "db/contract/store.ts",
  "db/statements/users.ts",
  "db/sqlite/migrate.ts",
  "test/fixture.ts",
];
