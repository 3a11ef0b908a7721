import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../db/sqlite/open_sqlite.ts";
import { hashToken } from "../src/auth/token.ts";
import { PEOPLE } from "../src/google_stand_in/people.ts";
import { MACHINE } from "../src/machine.ts";
import { PATHS } from "../src/paths.ts";
import { createBindingFoyer } from "./binding/scene.ts";
import { BOUND, createDeviceKey, DbscBrowser } from "./dbsc_browser.ts";
import { ADA, CLIENT_ID, createFoyer, EDSGER, type Foyer, GRACE, MALLORY } from "./fixture.ts";
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
import { RemoteVisitor } from "./remote_visitor.ts";
import { act, person } from "./routes/admin_scene.ts";
import { secretsIn, watchSecrets } from "./secrets.ts";
import type { Visitor } from "./visitor.ts";

const folders: string[] = [];
const running: FoyerProcess[] = [];
afterAll(async () => {
  await Promise.all(running.map((process) => process.stop("SIGKILL")));
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

/** Signs in by each way, with every kind of mistake that an error could quote. */
async function signInByAllWays(visitor: Visitor, who: typeof ADA): Promise<void> {
  const redirected = await visitor.send(`${PATHS.google}?return=/spa/content.list`);
  const google = new URL(redirected.headers.get("location") ?? "").searchParams;
  const [nonce = "", state = ""] = [google.get("nonce"), google.get("state")].map(String);
  const id_token = await visitor.credential(who, { nonce });
  await visitor.post(PATHS.callback, { id_token, state: `${state}x` });
  await visitor.post(PATHS.callback, { id_token, state });
  await visitor.post(PATHS.callback, { id_token, state });
  visitor.cookies.set("g_csrf_token", "cross-site-request-token");
  const credential = await visitor.credential(who, { nonce: await visitor.anonymousNonce() });
  await visitor.post(PATHS.callback, { credential, g_csrf_token: "another-token-than-that" });
  for (let attempt = 0; attempt < 2; attempt++) await visitor.post(PATHS.login, { credential });
  const damaged = [
    `${credential.slice(0, -4)}AAAA`,
    credential.slice(1),
    credential.slice(0, credential.lastIndexOf(".")),
    `${credential}.${credential}`,
    JSON.stringify({ credential }),
  ];
  for (const credential of damaged) await visitor.post(PATHS.login, { credential });
  // A person or a proxy that puts a token where none belongs.
  const cookie = `session_id=${visitor.sessionToken}`;
  await visitor.send(`/spa/${credential}`);
  await visitor.fragment(`/htmx/content.list?from=${credential}`);
  await visitor.fragment("/htmx/content.unknown", { headers: { "hx-current-url": credential } });
  await visitor.send("/nowhere", { headers: { referer: `http://localhost/?${cookie}` } });
  await visitor.send(PATHS.login, { method: "POST", body: credential });
}

/** Uses a session until its token is replaced, and then the old one, as a thief would. */
async function renewAndSteal(visitor: Visitor, { clock }: Foyer): Promise<void> {
  const old = visitor.clone();
  clock.pass(300_000);
  for (let look = 0; look < 3; look++) await visitor.fragment("/htmx/content.secret1");
  clock.pass(31_000);
  await old.status();
  await visitor.fragment("/htmx/content.secret1");
}

/** Everything that an administrator does, and what the audit log and the exports then hold. */
async function administrate(admin: Visitor, { store, clock }: Foyer): Promise<string> {
  await admin.signIn(ADA);
  const [grace] = await store.findPeopleByEmail(GRACE.email);
  for (const name of ["/disable", "/enable", "/admin", "/sessions"]) {
    await act(admin, name === "/sessions" ? "DELETE" : "POST", person(grace?.id ?? "", name));
  }
  await act(admin, "POST", PATHS.invitations, { email: "new@example.com" });
  clock.pass(1000);
  const pages = ["/htmx/record", "/htmx/account", "/htmx/admin.people"].map((path) =>
    admin.fragment(path),
  );
  const exports = [PATHS.accountExport, `${PATHS.auditExport}?format=csv`].map((path) =>
    admin.send(path),
  );
  const answers = await Promise.all([...pages, ...exports]);
  expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(200));
  return (await Promise.all(answers.map((answer) => answer.text()))).join("\n");
}

async function deliverSecurityEvents(visitor: Visitor, { google }: Foyer): Promise<void> {
  const order = { kind: "sessions-revoked", person: GRACE, clientId: CLIENT_ID } as const;
  const event = await google.issueSecurityEvent(order);
  for (const body of [event, event, `${event}x`, event.slice(0, -9), `"${event}"`]) {
    const headers = { "content-type": "application/secevent+jwt" };
    await visitor.send(PATHS.risc, { method: "POST", headers, body });
  }
}

test("no cookie, nonce, state, credential or event token is in what Foyer writes", async () => {
  const folder = createFolder();
  const store = openSqlite(join(folder, "foyer.db"), MACHINE);
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

  const written = [readFolder(folder), foyer.logLines.join("\n"), shown].join("\n");
  expect(readdirSync(folder)).toContain("foyer.db-wal");
  for (const proof of ["ada.lovelace@gmail.com", "nonce_reused", '"why":"suspicion"']) {
    expect(written).toContain(proof);
  }
  // A database that fails is asked for the session, and says so.
  store.close();
  const last = visitor();
  last.cookies.set("session_id", "A".repeat(43));
  expect((await last.status()).toString()).toBe("503");

  expect(secrets.size).toBeGreaterThan(100);
  const log = foyer.logLines.join("\n");
  expect(secretsIn(`${written}\n${readFolder(folder)}\n${log}`, secrets)).toEqual([]);
  const named = PEOPLE.filter(({ name, email }) => log.includes(name) || log.includes(email));
  expect(named).toEqual([]);
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
