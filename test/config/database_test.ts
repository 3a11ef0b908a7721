import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readConfig } from "../../src/config.ts";
import { CLIENT, mistakesIn } from "./mistakes.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-address-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SECRET = "s3cr3t";
const ADDRESS = `postgres://foyer:${SECRET}@db.example.com/foyer`;
const SHOWN = "postgres://foyer@db.example.com:5432/foyer";

/** A new file with `text`, as `DATABASE_URL_FILE` names it. */
function inFile(text: string): { DATABASE_URL_FILE: string } {
  const path = join(folder, crypto.randomUUID());
  writeFileSync(path, text);
  return { DATABASE_URL_FILE: path };
}

const read = (env: Record<string, string>) => readConfig({ ...CLIENT, ...env }).database;

describe("DATABASE_URL of a PostgreSQL", () => {
  test("is taken apart, without Foyer's own parameters", () => {
    expect(read({ DATABASE_URL: ADDRESS })).toEqual({
      engine: "postgres",
      url: ADDRESS,
      shown: SHOWN,
      connections: 10,
      isPooled: false,
    });
    const more = `${ADDRESS}?sslmode=verify-full&connection_limit=3&pgbouncer=true`;
    expect(read({ DATABASE_URL: more.replace("postgres:", "postgresql:") })).toEqual({
      engine: "postgres",
      url: `postgresql${ADDRESS.slice("postgres".length)}?sslmode=verify-full`,
      shown: SHOWN,
      connections: 3,
      isPooled: true,
    });
  });

  const WRONG: [what: string, url: string, says: string][] = [
    ["no database", `postgres://foyer:${SECRET}@db.example.com`, "USER:PASSWORD@HOST"],
    ["no host", `postgres://foyer:${SECRET}@/foyer`, "USER:PASSWORD@HOST"],
    ["two databases", `${ADDRESS}/more`, "USER:PASSWORD@HOST"],
    ["a bare # in the password", `postgres://foyer:x#${SECRET}@host/db`, "as %23"],
    ["a bare / in the password", `postgres://foyer:x/${SECRET}@host/db`, "as %23"],
    ["what comes behind #", `${ADDRESS}#${SECRET}`, "USER:PASSWORD@HOST"],
    ["a line break", `${ADDRESS}\n${ADDRESS}`, "USER:PASSWORD@HOST"],
    ["bad encoding", "postgres://host/%ff", "USER:PASSWORD@HOST"],
    ["no connections", `${ADDRESS}?connection_limit=0`, "from 1 to 500"],
    ["too many connections", `${ADDRESS}?connection_limit=501`, "from 1 to 500"],
    ["a limit that is no number", `${ADDRESS}?connection_limit=1e1`, "from 1 to 500"],
    ["pgbouncer=1", `${ADDRESS}?pgbouncer=1`, "pgbouncer=true or pgbouncer=false"],
    ["a misspelt parameter", `${ADDRESS}?connectionlimit=5`, "connectionlimit, which is none of"],
    ["a second password", `${ADDRESS}?password=${SECRET}`, "the parameter password"],
    ["another host", `${ADDRESS}?host=${SECRET}`, "the parameter host"],
    ["an unknown sslmode", `${ADDRESS}?sslmode=${SECRET}`, "another sslmode than disable"],
    ["another scheme", `pg://foyer:${SECRET}@host/db`, "postgres://…"],
  ];
  for (const [what, url, says] of WRONG) {
    test.each([
      ["DATABASE_URL", { DATABASE_URL: url }],
      ["DATABASE_URL_FILE", inFile(url)],
    ])(`is refused with ${what}, in %s, without its password`, (name, env) => {
      const [mistake, ...others] = mistakesIn({ ...CLIENT, ...env });
      expect(others).toEqual([]);
      expect(mistake).toStartWith(`${name} `);
      const isTwoLines = name === "DATABASE_URL_FILE" && url.includes("\n");
      expect(mistake).toContain(isTwoLines ? "a file with one line" : says);
      expect(mistake).not.toContain(SECRET);
    });
  }
});

describe("DATABASE_URL_FILE", () => {
  const RIGHT: [what: string, text: string, where: object][] = [
    ["an address", ADDRESS, { engine: "postgres", url: ADDRESS }],
    ["a line break at the end", `${ADDRESS}\r\n`, { engine: "postgres", url: ADDRESS }],
    ["a SQLite file", "file:/srv/foyer.db\n", { engine: "sqlite", path: "/srv/foyer.db" }],
  ];
  test.each(RIGHT)("may hold %s", (_, text, where) => {
    expect(read(inFile(text))).toMatchObject(where);
  });

  test("may be a pipe", async () => {
    const script = `const { readConfig } = await import("./src/config.ts");
      console.log(readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "x", DATABASE_URL_FILE: "/dev/stdin" }).database.shown)`;
    const child = Bun.spawn([process.execPath, "-e", script], {
      cwd: join(import.meta.dir, "../.."),
      stdin: Buffer.from(ADDRESS),
    });
    expect(await new Response(child.stdout).text()).toBe(`${SHOWN}\n`);
  });

  mkdirSync(join(folder, "folder"));
  const WRONG: [what: string, env: Record<string, string>, says: string][] = [
    ["both are set", { ...inFile(ADDRESS), DATABASE_URL: "file:foyer.db" }, "are both set"],
    ["it is missing", { DATABASE_URL_FILE: join(folder, "none") }, "cannot be read (ENOENT)"],
    ["it is a folder", { DATABASE_URL_FILE: join(folder, "folder") }, "cannot be read (EISDIR)"],
    ["it is empty", inFile(""), "is empty"],
    ["it has only a line break", inFile("\n"), "is empty"],
    ["it has two lines", inFile(`${ADDRESS}\n${ADDRESS}\n`), "a file with one line"],
    ["it is too long", inFile(`${ADDRESS}${"x".repeat(4096)}`), "too long"],
    ["it has no end", { DATABASE_URL_FILE: "/dev/zero" }, "too long"],
  ];
  test.skipIf(process.getuid?.() === 0)("is refused if it may not be read", () => {
    const env = inFile(ADDRESS);
    chmodSync(env.DATABASE_URL_FILE, 0);
    const says = expect.stringContaining("cannot be read (EACCES)");
    expect(mistakesIn({ ...CLIENT, ...env })).toEqual([says]);
  });

  test.each(WRONG)("is refused if %s", (_, env, says) => {
    const mistakes = mistakesIn({ ...CLIENT, ...env });
    expect(mistakes).toEqual([expect.stringContaining(says)]);
    expect(mistakes.join()).toContain("DATABASE_URL_FILE");
    expect(mistakes.join()).not.toContain(SECRET);
  });
});
