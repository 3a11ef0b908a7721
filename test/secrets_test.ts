import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SQL } from "bun";

import type { AppStore } from "../db/contract/app_store.ts";
import { openStore } from "../db/open_store.ts";
import { openSqlite } from "../db/sqlite/open_sqlite.ts";
import { hashToken } from "../src/auth/token.ts";
import { parseDatabase } from "../src/config/database.ts";
import { PEOPLE } from "../src/google_stand_in/people.ts";
import { MACHINE } from "../src/machine.ts";
import { PATHS } from "../src/paths.ts";
import { createBindingFoyer } from "./binding/scene.ts";
import { BOUND, createDeviceKey, DbscBrowser } from "./dbsc_browser.ts";
import { ADA, CLIENT_ID, createFoyer, EDSGER, GRACE, MALLORY } from "./fixture.ts";
import {
  ACCESS,
  GRAFANA,
  guestOf,
  NAVIGATION,
  SETTINGS,
  verify,
  WIKI,
} from "./forward_auth/scene.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "./foyer_process.ts";
import { createMigratedDatabase } from "./postgres/migrated.ts";
import { sharedPostgres } from "./postgres/server.ts";
import { hasPostgres } from "./programs.ts";
import { RemoteVisitor } from "./remote_visitor.ts";
import { secretsIn, watchSecrets } from "./secrets.ts";
import {
  administrate,
  deliverSecurityEvents,
  renewAndSteal,
  signInByAllWays,
} from "./secrets_scene.ts";

const folders: string[] = [];
const running: FoyerProcess[] = [];
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  await Promise.all(running.map((process) => process.stop("SIGKILL")));
  await Promise.all(closing.map((close) => close()));
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "foyer-secrets-"));
  folders.push(folder);
  return folder;
}

/** The bytes of every file in `folder`, as text. */
function readFolder(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("\n");
}

/** A database whose every byte or row a test reads. */
interface ReadDatabase {
  store: AppStore;
  read(): string | Promise<string>;
  /** Makes it fail. */
  damage(): Promise<unknown>;
}

function openFile(): ReadDatabase {
  const folder = createFolder();
  const store = openSqlite(join(folder, "foyer.db"), MACHINE);
  return {
    store,
    read: () => readFolder(folder),
    damage() {
      expect(readdirSync(folder)).toContain("foyer.db-wal");
      return store.close();
    },
  };
}

async function openServer(): Promise<ReadDatabase> {
  const address = await createMigratedDatabase();
  const sql = new SQL(address, { max: 1 });
  const store = await openStore(parseDatabase(address), MACHINE);
  closing.push(() => Promise.all([store.close(), sql.close()]));
  return {
    store,
    async read() {
      const names = await sql`select tablename from pg_tables where schemaname = 'public'`.values();
      const tables = names.map(([name]: [string]) =>
        sql.unsafe(`select * from "${name}"`).values(),
      );
      return JSON.stringify(await Promise.all(tables));
    },
    // What PostgreSQL says then is about a statement with a hash of the cookie.
    damage: () => sql`alter table session_tokens rename to elsewhere`,
  };
}

async function checkWritten({ store, read, damage }: ReadDatabase): Promise<void> {
  const env = {
    ALLOWED_EMAILS: "ada.lovelace@gmail.com,grace.hopper@gmail.com",
    ADMIN_EMAILS: ADA.email,
    SIGN_IN_LIMIT: "0",
  };
  const foyer = await createFoyer(env, { store });
  const { secrets, visitor } = watchSecrets(foyer);

  for (const who of [ADA, GRACE, EDSGER, MALLORY]) {
    const browser = visitor();
    await signInByAllWays(browser, who);
    await renewAndSteal(browser, foyer);
    await browser.post(PATHS.logout);
  }
  await deliverSecurityEvents(visitor(), foyer);
  const shown = await administrate(visitor(), foyer);
  await foyer.deps.refusals.flush();

  const written = [await read(), foyer.logLines.join("\n"), shown].join("\n");
  for (const proof of ["ada.lovelace@gmail.com", "nonce_reused", "suspicion"]) {
    expect(written).toContain(proof);
  }
  // A database that fails is asked for the session, and says so.
  await damage();
  const last = visitor();
  last.cookies.set("session_id", "A".repeat(43));
  expect((await last.status()).toString()).toBe("503");

  expect(secrets.size).toBeGreaterThan(100);
  const log = foyer.logLines.join("\n");
  expect(log).toContain("database_unavailable");
  expect(secretsIn(`${written}\n${await read()}\n${log}`, secrets)).toEqual([]);
  expect(log).not.toContain(hashToken("A".repeat(43)));
  const named = PEOPLE.filter(({ name, email }) => log.includes(name) || log.includes(email));
  expect(named).toEqual([]);
}

const WRITES_NONE = "no cookie, nonce, state, credential or event token is in what Foyer writes";

test(WRITES_NONE, () => checkWritten(openFile()));

describe.skipIf(!hasPostgres)("over a PostgreSQL", () => {
  beforeAll(async () => void (await sharedPostgres()), 60_000);
  test(WRITES_NONE, async () => checkWritten(await openServer()));
});

test("no access cookie is in what Foyer writes or tells, wherever it is put", async () => {
  const folder = createFolder();
  const store = openSqlite(join(folder, "foyer.db"), MACHINE);
  const foyer = await createFoyer(SETTINGS, { store });
  const { secrets, visitor } = watchSecrets(foyer);
  const grace = visitor();
  await grace.signIn(GRACE);
  const access = grace.cookies.get(ACCESS) ?? "";
  const guest = guestOf(grace);
  const shown: string[] = [];
  const note = async (answer: Response) => {
    answer.headers.delete("set-cookie");
    shown.push(await answer.text(), JSON.stringify([...answer.headers]));
  };
  await note(await verify(guest));
  await note(await verify(guest, { site: GRAFANA, headers: NAVIGATION }));
  // By an application, a person or a proxy that puts it where it does not belong.
  for (const site of [WIKI, GRAFANA, access]) {
    for (const headers of [NAVIGATION, { "hx-request": "true", "hx-current-url": access }]) {
      const uri = `/${access}?${ACCESS}=${access}`;
      await verify(visitor(), { site, uri, headers: { ...headers, referer: access } });
      await verify(guest, { site, uri, headers });
    }
  }
  for (const path of [
    `/auth/enter?return=${access}`,
    `/spa/enter?return=${access}`,
    `/${access}`,
  ]) {
    await grace.send(path);
  }
  grace.cookies.delete(ACCESS);
  const address = new URLSearchParams({ return: `${WIKI}/` });
  for (const tries of [0, 1, 2, 3]) {
    await note(await grace.send(`/auth/enter?${address}&tries=${tries}`));
  }
  for (const path of [`/auth/sign_out?${address}`, PATHS.accountExport]) {
    await note(await grace.send(path));
  }
  shown.push(await administrate(visitor(), foyer));
  await grace.post(PATHS.signOut);
  await foyer.deps.refusals.flush();
  store.close();
  await verify(guest);

  const written = readFolder(folder) + foyer.logLines.join("\n");
  for (const proof of ["site_refusal", "database_unavailable"]) expect(written).toContain(proof);
  const names = [...secrets].filter((secret) => secret === access);
  expect([names.length, secrets.size > 5]).toEqual([1, true]);
  expect(secretsIn([written, ...shown].join("\n"), secrets)).toEqual([]);
  // Nor is the hash that is stored in what people download.
  expect(shown.join("\n")).not.toContain(hashToken(access));
});

test("no bound cookie, challenge or proof is in what Foyer writes or tells, wherever it is put", async () => {
  const folder = createFolder();
  const real = openSqlite(join(folder, "foyer.db"), MACHINE);
  const store = { ...real };
  const foyer = await createBindingFoyer({ ADMIN_EMAILS: ADA.email }, { store });
  const { secrets, visitor } = watchSecrets(foyer);
  const browser = new DbscBrowser(visitor(), await createDeviceKey());
  await browser.signIn(GRACE);
  const { key } = browser;
  const challenge = browser.challenge ?? "";
  await browser.register(await browser.prove({ payload: { jti: "another" } }));
  await browser.register(await browser.prove({ header: { jwk: { ...key.jwk, d: challenge } } }));
  await browser.register();
  const bound = browser.visitor.cookies.get(BOUND) ?? "";
  // By a browser, a person or a proxy that puts it where it does not belong.
  for (const secret of [bound, challenge, browser.challenge ?? "", await browser.prove()]) {
    for (const proof of [secret, await browser.prove({ header: { typ: secret, kid: secret } })]) {
      await browser.refreshOnce(proof, {
        headers: { "sec-secure-session-id": secret, referer: secret, "user-agent": secret },
      });
      await browser.refreshOnce(proof);
    }
    await browser.visitor.send(`${PATHS.bindingRefresh}?${secret}`, { method: "POST" });
    await browser.visitor.send(`${PATHS.binding}/${secret}`);
    await visitor().send("/spa", { headers: { "secure-session-skipped": `${secret};` } });
  }
  await browser.refresh();
  foyer.clock.pass(700_000);
  const skipped = { "secure-session-skipped": `quota_exceeded;session_identifier="${bound}"` };
  await browser.visitor.fragment("/htmx/account", { headers: skipped });
  await browser.visitor.send(`/spa/${bound}`, { headers: { "secure-session-skipped": bound } });
  const { secret = "" } = (await store.findBinding(browser.sessionId ?? "")) ?? {};
  const renewBinding: typeof real.renewBinding = (renewal) =>
    real.renewBinding({ ...renewal, hash: null as never });
  Object.assign(store, { renewBinding });
  expect((await browser.refresh()).status).toBe(503);
  const shown = await administrate(visitor(), foyer);
  await foyer.deps.refusals.flush();
  real.close();
  expect((await browser.refresh()).status).toBe(503);

  const log = foyer.logLines.join("\n");
  for (const event of [
    "session_bound",
    "binding_refused",
    "binding_missing",
    "binding_not_refreshed",
  ]) {
    expect(log).toContain(`"event":"${event}"`);
  }
  for (const secret of [bound, challenge]) expect(secrets).toContain(secret);
  expect(secrets.size).toBeGreaterThan(50);
  expect(secretsIn([readFolder(folder), log, shown].join("\n"), secrets)).toEqual([]);
  // Nor is what belongs to nobody but the server and the device in what people download.
  expect([secret.length, `${log}${shown}`.includes(secret)]).toEqual([43, false]);
  expect(`${log}${shown}`).not.toContain(key.jwk.x ?? "");
});

test("a process has no secret in its arguments, its output or its files", async () => {
  const folder = createFolder();
  const { google } = await createFoyer();
  const process = await startFoyerProcess(
    [globalThis.process.execPath, join(import.meta.dir, "../src/main.ts")],
    {
      cwd: join(import.meta.dir, ".."),
      env: {
        PORT: String(freePort()),
        DATABASE_URL: `file:${join(folder, "foyer.db")}`,
        GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
        GOOGLE_ACCOUNTS_URL: google.origin,
        GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
      },
    },
  );
  running.push(process);
  const visitor = new RemoteVisitor(process.origin);
  await visitor.signIn(google);
  expect((await visitor.get("/nowhere")).status).toBe(404);
  const secrets = new Set(visitor.cookies.values());
  expect(secrets.size).toBe(2);
  const written = () => readFolder(folder) + process.output();
  const started = readFileSync(`/proc/${process.pid}/cmdline`, "utf8");
  expect(secretsIn(started + written(), secrets)).toEqual([]);
  await process.stop("SIGKILL");
  expect(written()).toContain("signed_in");
  expect(secretsIn(written(), secrets)).toEqual([]);
});
