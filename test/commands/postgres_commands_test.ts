import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { AppStore } from "../../db/contract/app_store.ts";
import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { ADA, auditAt, createFoyer, type Foyer, GRACE } from "../fixture.ts";
import { createMigratedDatabase } from "../postgres/migrated.ts";
import { sharedPostgres } from "../postgres/server.ts";
import { hasPostgres, INITDB } from "../programs.ts";
import type { Visitor } from "../visitor.ts";
import { runInProcess } from "./run_in_process.ts";

const SECRET = "s3cr3t-of-the-database";
const folder = mkdtempSync(join(tmpdir(), "foyer-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The same address with a password, which these servers do not ask for. */
const withSecret = (address: string) => address.replace("foyer@", `foyer:${SECRET}@`);

let address = "";
let env: Record<string, string> = {};
let store: AppStore;
let foyer: Foyer;
let grace: Visitor;

const run = (...args: string[]) => runInProcess(args, env).catch(String);

/** Runs a line of a shell with PostgreSQL's programs, and Foyer's, in its path. */
async function runShell(line: string): Promise<string> {
  const PATH = `${dirname(realpathSync(INITDB.path))}:${process.env.PATH}`;
  const child = Bun.spawn(["/bin/sh", "-c", line], {
    env: { PATH },
    stdout: "pipe",
    stderr: "pipe",
  });
  const said = await Promise.all(
    [child.stdout, child.stderr].map((one) => new Response(one).text()),
  );
  return `${await child.exited} ${said.join("")}`;
}

/** What a command says. */
async function runLine(call: string): Promise<string> {
  // Whoever follows stops at the first event.
  const stop = new AbortController();
  const lines: string[] = [];
  const args = call.replaceAll("FOLDER", folder).split(" ");
  const printed = await runInProcess(args, env, {
    untilStopped: () => stop.signal,
    writeLine: async (line) => {
      lines.push(line);
      if (call.startsWith("audit follow")) stop.abort();
    },
  }).catch(String);
  return [printed, ...lines].filter(Boolean).join("\n");
}

/** The line of a program in what a command said. */
const lineOf = (program: string, said: string) =>
  new RegExp(`^ *(${program} .*)$`, "m").exec(said)?.[1] ?? "";

describe.skipIf(!hasPostgres)("with a PostgreSQL", () => {
  beforeAll(async () => void (await sharedPostgres()), 60_000);

  beforeEach(async () => {
    address = await createMigratedDatabase();
    const file = join(folder, "address");
    writeFileSync(file, `${withSecret(address)}\n`);
    env = { DATABASE_URL_FILE: file, GOOGLE_OAUTH2_CLIENT_ID: "client" };
    store = await openStore(parseDatabase(address), MACHINE);
    foyer = await createFoyer({}, { store });
    grace = foyer.visitor();
    await foyer.visitor().signIn(ADA);
    await grace.signIn(GRACE);
    await store.invite("guest@example.com", auditAt(foyer.clock.now));
  });
  afterEach(() => store.close());

  /** In this order: each finds what those before have left. */
  const COMMANDS: [call: string, says: (string | RegExp)[], never?: string][] = [
    ["check-config", ["database   postgres://foyer@127.0.0.1:"]],
    ["migrate", ["was up to date"]],
    ["migrate --dry-run", ["is up to date"]],
    ["seed", [/^(?:Added 1000 customers; 0 already|No table has)/]],
    ["seed", [/^(?:Added 0 customers; 1000 already|No table has)/]],
    ["people list", [ADA.email, GRACE.email]],
    ["people list --search hopp", [GRACE.email], ADA.email],
    ["people list --filter disabled", [/^$/]],
    [`people show ${ADA.email}`, ["status         active", "sessions       1", "signed_in"]],
    [`admin add ${ADA.email}`, ["is now an administrator"]],
    ["admin list", [ADA.email], GRACE.email],
    [`admin remove ${ADA.email}`, ["is the last administrator who may sign in"]],
    [`admin add ${GRACE.email}`, ["is now an administrator"]],
    [`admin remove ${GRACE.email}`, ["is no longer an administrator"]],
    [`people disable ${GRACE.email}`, ["is disabled, and signed out on every device"]],
    ["people list --filter disabled", [GRACE.email], ADA.email],
    [`people enable ${GRACE.email}`, ["is enabled"]],
    [`people enable ${GRACE.email}`, ["is not disabled by an administrator"]],
    [`sessions end ${ADA.email}`, ["1"]],
    ["sessions end --all", ["0"]],
    [`people delete ${GRACE.email} --yes`, ["is deleted, with all data about them"]],
    ["people show grace.hopper@gmail.com", ["No person with the address"]],
    ["audit verify", [/intact: \d+ events, [1-9]\d* of them with erased details/]],
    ["audit export", [/^\{"seq":1,.*"signed_in"/, '"kind":"invited"', '"kind":"deleted"']],
    ["audit follow --after 0", ["signed_in"]],
    ["audit follow --after 9999", ["The audit log has no event 9999"]],
    ["backup --keep 3 FOLDER", [/^CommandError: PostgreSQL makes the backup, and none was made/]],
    ["restore FOLDER/a.dump", [/^CommandError: PostgreSQL restores the backup, and nothing was/]],
    ["restore FOLDER/a.dump --finish", ["Usage: foyer restore"]],
    ["version", ["Foyer "]],
  ];
  test("each command finds what those before have left", { timeout: 60_000 }, async () => {
    for (const [call, says, never] of COMMANDS) {
      const said = await runLine(call);
      for (const text of says) {
        if (typeof text === "string") expect(said, call).toContain(text);
        else expect(said, call).toMatch(text);
      }
      if (never) expect(said, call).not.toContain(never);
      expect(said, call).not.toContain(SECRET);
    }
    // What they have done counts with the next request.
    expect(await grace.status()).toBe(401);
    expect(await store.findPeopleByEmail(GRACE.email)).toEqual([]);
  });

  test("the lines of backup and restore bring everything back, and end all sessions", async () => {
    const ada = foyer.visitor();
    await ada.signIn(ADA);
    const file = join(folder, "it's one.dump");
    const dump = lineOf("pg_dump", await run("backup", file));
    expect(await runShell(dump)).toBe("0 ");
    expect(existsSync(file)).toBe(true);

    const server = await sharedPostgres();
    const fresh = await server.createDatabase();
    const target = { ...env, DATABASE_URL_FILE: "", DATABASE_URL: withSecret(fresh) };
    const says = await runInProcess(["restore", file], target).catch(String);
    expect(await runShell(lineOf("pg_restore", says))).toBe("0 ");
    const restored = await openStore(parseDatabase(fresh), MACHINE);
    const again = await createFoyer({}, { store: restored, clock: foyer.clock });
    const visitor = again.visitor();
    for (const [name, value] of ada.cookies) visitor.cookies.set(name, value);
    expect(await visitor.status()).toBe(200);
    const finished = await runInProcess(["restore", "--finish", "--json"], target);
    expect(JSON.parse(finished)).toMatchObject({ endedSessions: 3 });
    expect(await visitor.status()).toBe(401);
    // Their tokens were issued before.
    const credential = await visitor.credential(ADA, { nonce: await visitor.nonce() });
    expect((await visitor.post("/auth/login", { credential })).status).toBe(401);
    expect(await runInProcess(["audit", "verify"], target)).toContain("is intact");
    await restored.close();
  });
});
