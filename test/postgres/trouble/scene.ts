import { expect } from "bun:test";

import { SQL } from "bun";

import { openStore } from "../../../db/open_store.ts";
import { hashToken } from "../../../src/auth/token.ts";
import { parseDatabase } from "../../../src/config/database.ts";
import { MACHINE } from "../../../src/machine.ts";
import { PATHS } from "../../../src/paths.ts";
import { createFoyer, type Foyer } from "../../fixture.ts";
import { codeOf, type Visitor } from "../../visitor.ts";

/** How long an answer may take while the database gives none. */
const LONGEST_MS = 2300;

/** What a signed-in browser asks for. */
const READS = [PATHS.navbar, "/htmx/content.secret1", "/htmx/account", PATHS.isAuthenticated];

/** The real application over a PostgreSQL in trouble. */
export interface Scene extends AsyncDisposable {
  foyer: Foyer;
  /** A browser, and the token of somebody new who would sign in with it. */
  newcomer(): Promise<Newcomer>;
  /** A browser that somebody new is signed in with. */
  member(): Promise<Visitor>;
  /** Everything that needs the database is refused in time, and nobody is signed out by it. */
  expectUnavailable(member: Visitor, newcomer: Newcomer): Promise<void>;
  expectWell(member: Visitor): Promise<void>;
  /** Resolves when the member is known again. */
  untilWell(member: Visitor): Promise<void>;
  /** Resolves when no transaction is open. */
  untilIdle(): Promise<void>;
  /** How many rows a table has. */
  count(table: string): Promise<number>;
  /** Keeps everybody away from a table. */
  lock(table: string): Promise<AsyncDisposable>;
  /** The log holds nothing that queries or the address do. */
  expectNoValues(): void;
}

/** Somebody who has not signed in yet. */
export interface Newcomer {
  browser: Visitor;
  signIn(): Promise<Response>;
}

/** Every user is let in with any. */
const PASSWORD = "correct-horse-battery";

let people = 0;

/** Composes the application over the database at `address`. `direct` leads to the same one without trouble. */
export async function openScene(address: string, direct = address): Promise<Scene> {
  const store = await openStore(parseDatabase(withPassword(address)), MACHINE);
  const foyer = await createFoyer({}, { store });
  const browsers: Visitor[] = [];
  const secrets: string[] = [PASSWORD];

  async function newcomer(): Promise<Newcomer> {
    people += 1;
    const [sub, email] = [`4${people}`, `person.${people}@gmail.com`];
    const name = `Person ${people}`;
    const browser = foyer.visitor();
    const person = { sub, email, name, emailVerified: true, hasPicture: false };
    const credential = await browser.credential(person);
    browsers.push(browser);
    secrets.push(credential, email, name);
    return { browser, signIn: () => browser.post(PATHS.login, { credential }) };
  }

  return {
    foyer,
    newcomer,
    async member() {
      const { browser, signIn } = await newcomer();
      expect((await signIn()).status).toBe(200);
      return browser;
    },
    async expectUnavailable(member, { signIn }) {
      const cookies = new Map(member.cookies);
      await Promise.all([
        ...READS.map((path) => expectRefused(() => member.fragment(path))),
        expectRefused(signIn),
        expectRefused(() => member.send(PATHS.health)),
        expectNotReady(member),
      ]);
      expect(member.cookies).toEqual(cookies);
    },
    async expectWell(member) {
      for (const path of READS) expect((await member.fragment(path)).status).toBe(200);
      expect((await member.send(PATHS.health)).status).toBe(200);
      expect(await (await member.send(PATHS.ready)).json()).toMatchObject({ database: true });
    },
    async untilWell(member) {
      while ((await member.status()) !== 200) await Bun.sleep(20);
    },
    async count(table) {
      await using sql = new SQL(withoutSettings(direct), { max: 1 });
      const [row] = await sql.unsafe(`select count(*)::int as rows from ${table}`);
      return row.rows;
    },
    async untilIdle() {
      await using sql = new SQL(withoutSettings(direct), { max: 1 });
      const find = () => sql`
        select 1 from pg_stat_activity where datname = current_database()
        and xact_start is not null and pid <> pg_backend_pid()`;
      while ((await find()).length > 0);
    },
    async lock(table) {
      const sql = new SQL(withoutSettings(direct), { max: 1 });
      await sql.unsafe(`begin; lock table ${table}`).simple();
      return { [Symbol.asyncDispose]: () => sql.close() };
    },
    expectNoValues() {
      const log = foyer.logLines.join("");
      const tokens = browsers.flatMap(({ cookies }) => [...cookies.values()]);
      for (const secret of [...secrets, ...tokens, ...tokens.map(hashToken)])
        expect(log).not.toContain(secret);
      expect(log).not.toMatch(/select |insert |params/i);
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}

/** Sends a request, and checks that it was answered in time. */
async function inTime(send: () => Promise<Response>): Promise<Response> {
  const begun = performance.now();
  const response = await send();
  expect(performance.now() - begun).toBeLessThan(LONGEST_MS);
  return response;
}

async function expectRefused(send: () => Promise<Response>): Promise<void> {
  const response = await inTime(send);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(response.headers.getSetCookie()).toEqual([]);
  if (response.headers.get("content-type")?.includes("json"))
    expect(await codeOf(response)).toBe("database_unavailable");
  else expect(await response.text()).toContain("load this right now");
}

async function expectNotReady(visitor: Visitor): Promise<void> {
  const response = await inTime(() => visitor.send(PATHS.ready));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ status: "not ready", database: false });
}

function withPassword(address: string): string {
  const url = new URL(address);
  url.password = PASSWORD;
  return url.href;
}

function withoutSettings(address: string): string {
  const url = new URL(address);
  url.search = "";
  return url.href;
}
