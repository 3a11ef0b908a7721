import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { ADA, EDSGER, GRACE, KATHERINE } from "../fixture.ts";
import { type CommandScene, createCommandScene } from "./command_scene.ts";

let scene: CommandScene;
beforeAll(async () => {
  scene = await createCommandScene([ADA, GRACE, KATHERINE, EDSGER]);
  await scene.run("admin", "add", ADA.email);
  await scene.run("people", "disable", GRACE.email);
  scene.env.ADMIN_EMAILS = `${KATHERINE.email},${EDSGER.email}`;
});
afterAll(() => scene.close());

/** The addresses that a list has. */
const addressesIn = async (...args: string[]) =>
  (await scene.read("people", "list", ...args)).map(({ email }) => email);

describe("foyer people list", () => {
  test("lists everybody, the oldest account first", async () => {
    const people = [ADA, GRACE, KATHERINE, EDSGER];
    expect(await addressesIn()).toEqual(people.map(({ email }) => email));
    const lines = (await scene.run("people", "list")).split("\n");
    const statuses = ["admin   ", "disabled", "admin   ", "active  "];
    expect(lines).toEqual(
      people.map(
        ({ name, email }, index) =>
          `${scene.ids[index]}  ${new Date().toISOString().slice(0, 10)}  ${statuses[index]}  ${name} <${email}>`,
      ),
    );
  });

  test("shows whom a filter and a search select, as the admin page does", async () => {
    // Google is not authoritative for Edsger's address: ADMIN_EMAILS does not make him one.
    expect(await addressesIn("--filter", "admins")).toEqual([ADA.email, KATHERINE.email]);
    expect(await addressesIn("--filter", "disabled")).toEqual([GRACE.email]);
    expect(await addressesIn("--filter=active")).toHaveLength(3);
    expect(await addressesIn("--search", "hopper")).toEqual([GRACE.email]);
    expect(await addressesIn("--search", "hopper", "--filter", "active")).toEqual([]);
    expect(await addressesIn("--search", ADA.email, "--filter", "admins")).toEqual([ADA.email]);
    expect(await addressesIn("--search", '" OR *')).toEqual([]);
    expect(await scene.run("people", "list", "--search", "nobody")).toBe("");
  });

  test("of administrators is the same as “admin list”", async () => {
    const admins = await scene.run("people", "list", "--filter", "admins");
    expect(await scene.run("admin", "list")).toBe(admins);
    expect(await scene.read("admin", "list")).toEqual([
      expect.objectContaining({ email: ADA.email, isAdmin: true }),
      expect.objectContaining({ email: KATHERINE.email, adminSince: null, isAdmin: true }),
    ]);
    scene.env.GOOGLE_HOSTED_DOMAIN = "no domain";
    expect(await scene.run("admin", "list")).toContain("GOOGLE_HOSTED_DOMAIN");
    delete scene.env.GOOGLE_HOSTED_DOMAIN;
  });

  test("goes through thousands of people, each once, with many accounts of one moment", async () => {
    const many = await createCommandScene([ADA]);
    const { Database } = await import("bun:sqlite");
    const database = new Database(many.path);
    database.run(
      `INSERT INTO users (id, sub, email, email_verified, name, created_at, signed_in_at)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
       SELECT 'id' || i, 'sub' || i, 'p' || i || '@a.example', 1, 'Person ' || i, i / 1000, 0 FROM n`,
    );
    database.close();
    const people = await many.read("people", "list");
    expect(people).toHaveLength(2501);
    expect(new Set(people.map(({ id }) => id)).size).toBe(2501);
    const cut = await many.run("people", "list", "--search", "person");
    expect(cut).toBe("CommandError: More people match: these are 1000 of them");
    many.close();
  });
});

describe("the commands need a database of the server", () => {
  const MISSING: [url: string, said: string][] = [
    ["file:/nowhere/foyer.db", "There is no database at /nowhere/foyer.db. Set DATABASE_URL"],
    [":memory:", "DATABASE_URL=:memory: is the memory of the server"],
    ["postgres://x", "ConfigError"],
  ];
  for (const [url, said] of MISSING) {
    test(`not ${url}`, async () => {
      const { DATABASE_URL = "" } = scene.env;
      scene.env.DATABASE_URL = url;
      const commands = ["people list", "admin list", "people show x", "sessions end --all"];
      for (const command of commands) {
        expect(await scene.run(...command.split(" "))).toContain(said);
      }
      scene.env.DATABASE_URL = DATABASE_URL;
    });
  }
});
