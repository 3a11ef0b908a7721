import { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../db/contract/app_store.ts";
import { DatabaseError } from "../../db/contract/store.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { BOUND, createDeviceKey } from "../dbsc_browser.ts";
import { ADA } from "../fixture.ts";
import { createLimited, from } from "../routes/limits_scene.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer, GRACE_MS } from "./scene.ts";

// Chromium 156 forgets its key after every 4xx of this route but a 403 with a challenge.

const folder = mkdtempSync(join(tmpdir(), "foyer-binding-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A bound browser whose bound cookie has expired. */
async function away(env = {}, overrides = {}) {
  const foyer = await createBindingFoyer(env, overrides);
  const browser = await browserOf(foyer);
  await browser.signInBound(ADA);
  foyer.clock.pass(BOUND_AGE_MS);
  browser.visitor.cookies.delete(BOUND);
  return { foyer, browser };
}

describe("a refresh while the database", () => {
  /** Which method fails, and what Foyer answers to a good proof, a wrong one, and none. */
  const ROWS: [method: keyof AppStore, good: number, wrong: number, none: number][] = [
    ["findSession", 503, 503, 503],
    ["findBinding", 503, 503, 503],
    ["renewBinding", 503, 401, 403],
    ["recordBindingFault", 200, 401, 403],
  ];
  for (const error of [new DatabaseError("SQLite failed: SQLITE_BUSY"), new TypeError("a mistake")])
    for (const [method, good, wrong, none] of ROWS) {
      test(`fails at ${method} by a ${error.constructor.name}: ${good}, ${wrong}, ${none}`, async () => {
        const real = openSqlite(":memory:", MACHINE);
        const store: AppStore = { ...real };
        const { browser, foyer } = await away({}, { store });
        const stranger = await createDeviceKey();
        const proofs = [
          await browser.prove(),
          await browser.prove({ key: stranger.privateKey }),
          null,
        ];
        Object.assign(store, { [method]: () => Promise.reject(error) });
        const statuses: number[] = [];
        for (const proof of proofs.toReversed()) {
          const answer = await browser.refreshOnce(proof);
          expect(await answer.text()).toBe("");
          statuses.unshift(answer.status);
        }
        const isMistake = method === "recordBindingFault" && error instanceof TypeError;
        expect(statuses).toEqual([good, isMistake ? 503 : wrong, none]);
        expect(foyer.logLines.join("\n")).not.toContain('"event":"internal_error"');
        Object.assign(store, real);
        expect((await browser.refresh()).status).toBe(200);
        expect(await browser.visitor.status()).toBe(200);
      });
    }

  test("is locked by another process: 503 within two seconds, and it heals", async () => {
    const path = join(folder, "locked.db");
    const { browser } = await away({}, { store: openSqlite(path, MACHINE) });
    const other = new Database(path);
    other.run("BEGIN IMMEDIATE");
    for (const _attempt of [1, 2]) {
      const begun = performance.now();
      expect((await browser.refreshOnce()).status).toBe(503);
      expect(performance.now() - begun).toBeLessThan(2000);
    }
    other.run("ROLLBACK");
    other.close();
    expect((await browser.refreshOnce()).status).toBe(200);
    expect(await browser.visitor.status()).toBe(200);
  });
});

test("a refresh while Foyer shuts down: 503", async () => {
  let isStopping = false;
  const { browser } = await away({}, { isStopping: () => isStopping });
  isStopping = true;
  for (const proof of [undefined, "wrong", null]) {
    expect((await browser.refreshOnce(proof)).status).toBe(503);
  }
  isStopping = false;
  expect((await browser.refresh()).status).toBe(200);
});

describe("too many", () => {
  test("challenges: five a minute, then 503, and more as time passes", async () => {
    const { browser, foyer } = await away();
    const ask = async () => (await browser.refreshOnce(null)).status;
    const first = [await ask(), await ask(), await ask(), await ask(), await ask()];
    expect(first).toEqual([403, 403, 403, 403, 403]);
    expect(await ask()).toBe(503);
    foyer.clock.pass(11_999);
    expect(await ask()).toBe(503);
    foyer.clock.pass(1);
    expect(await ask()).toBe(403);
    expect((await browser.refreshOnce()).status).toBe(200);
  });

  test("challenges that a thief asks for do not keep one from the owner", async () => {
    const { browser, foyer } = await away();
    foyer.clock.pass(1_200_000);
    const thief = await browserOf(foyer);
    thief.visitor.cookies.set("__Host-Http-session_id", browser.visitor.sessionToken);
    thief.sessionId = browser.sessionId;
    let status = 403;
    while (status === 403) ({ status } = await thief.refreshOnce(null));
    expect(status).toBe(503);
    // What the owner has at hand is too old after a night's sleep.
    expect((await browser.refreshOnce()).status).toBe(403);
    expect((await browser.refreshOnce()).status).toBe(200);
  });

  test("good proofs: sixty a minute, then 503, as each is a write", async () => {
    const { browser, foyer } = await away();
    const proof = await browser.prove();
    const ask = async () => (await browser.refreshOnce(proof, { isAnswerLost: true })).status;
    for (let count = 0; count < 60; count += 1) expect(await ask()).toBe(200);
    expect(await ask()).toBe(503);
    foyer.clock.pass(1000);
    expect(await ask()).toBe(200);
  });

  test("wrong proofs: each is refused, and the database is asked once a minute", async () => {
    const real = openSqlite(":memory:", MACHINE);
    let asked = 0;
    const store: AppStore = {
      ...real,
      recordBindingFault: (...fault) => (asked++, real.recordBindingFault(...fault)),
    };
    const { browser, foyer } = await away({}, { store });
    const ask = async () => (await browser.refreshOnce("wrong")).status;
    for (let count = 0; count < 100; count += 1) expect(await ask()).toBe(401);
    expect(asked).toBe(1);
    foyer.clock.pass(60_000);
    await ask();
    expect(asked).toBe(2);
    const kinds = (await store.listEvents({ limit: 100 })).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "binding_refused")).toHaveLength(1);
  });

  test("requests of its address, for every limit: never 429", async () => {
    const foyer = await createLimited();
    const browser = await browserOf(foyer);
    await browser.signInBound(ADA);
    foyer.clock.pass(BOUND_AGE_MS - GRACE_MS);
    const headers = from("203.0.113.7");
    const stranger = foyer.visitor();
    const flood: [path: string, visit: object][] = [
      ["/spa", {}],
      ["/htmx/content.top", { headers: { ...headers, "hx-request": "true" } }],
      ["/no", {}],
      [PATHS.login, { method: "POST", body: new URLSearchParams({ credential: "e30.e30.e30" }) }],
      [PATHS.binding, { method: "POST" }],
      [PATHS.bindingRefresh, { method: "POST" }],
    ];
    for (const [path, visit] of flood) {
      const statuses = new Set<number>();
      for (let count = 0; count < 1010; count += 1) {
        statuses.add((await stranger.send(path, { headers, ...visit })).status);
      }
      const isOurs = path.startsWith(PATHS.binding);
      expect(`${path} ${statuses.has(429)}`).toBe(`${path} ${!isOurs}`);
    }
    const answer = await browser.refreshOnce(undefined, { headers });
    expect(answer.status).toBe(200);
  });
});

describe("a request to the refresh route", () => {
  const UNTOLD: Record<string, string> = { "sec-fetch-site": "" };
  /** As every version of Chromium sends it, and as others may change it on the way. */
  const ROWS: [what: string, headers: Record<string, string>, status: number][] = [
    ["that does not say where it comes from", UNTOLD, 200],
    ["from another site, by its header", { "sec-fetch-site": "cross-site" }, 200],
    ["from another origin", { ...UNTOLD, origin: "https://e.example" }, 200],
    ["of an opaque origin", { ...UNTOLD, origin: "null" }, 200],
    ["to another host", { host: "e.example" }, 200],
    ["to no host", { host: "" }, 200],
    ["that accepts no answer of ours", { accept: "image/png", "accept-encoding": "br" }, 200],
    ["of htmx, which no browser sends", { "hx-request": "true" }, 200],
    ["that says it has a body", { "content-type": "application/json" }, 200],
    ["with the name of no session", { "sec-secure-session-id": "" }, 401],
    ["with the name of another session", { "sec-secure-session-id": crypto.randomUUID() }, 401],
    ["with half a string as the name", { "sec-secure-session-id": '"ID' }, 401],
    ["with a quoted name", { "sec-secure-session-id": '"ID"' }, 200],
    ["with two names", { "sec-secure-session-id": "ID, ID" }, 401],
    ["with a name and a parameter", { "sec-secure-session-id": "ID;a" }, 401],
    ["with a name of 64 KiB", { "sec-secure-session-id": "A".repeat(65_536) }, 401],
    // No browser sends it. What the limits of every request refuse is refused here, too.
    ["with a body of 64 KiB and more", { "content-length": "65537" }, 413],
  ];
  for (const [what, headers, status] of ROWS) {
    test(`${what}: ${status}`, async () => {
      const { browser } = await away();
      const named = Object.entries(headers).map(([name, value]) => [
        name,
        value.replace("ID", browser.sessionId ?? ""),
      ]);
      const answer = await browser.refreshOnce(undefined, { headers: Object.fromEntries(named) });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("set-cookie") !== null).toBe(status === 200);
      expect((await browser.refresh()).status).toBe(200);
    });
  }

  for (const [method, status] of Object.entries({ GET: 405, HEAD: 405, PUT: 405, OPTIONS: 405 })) {
    test(`by ${method}: ${status}`, async () => {
      const { browser } = await away();
      const answer = await browser.refreshOnce(undefined, { method });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("allow")).toBe("POST");
      expect((await browser.refresh()).status).toBe(200);
    });
  }

  test("at an address that is not the one that browsers were told", async () => {
    const { browser } = await away();
    const headers = {
      "sec-secure-session-id": browser.sessionId ?? "",
      "secure-session-response": await browser.prove(),
    };
    const path = PATHS.bindingRefresh;
    for (const [address, status] of [
      [`${path}/`, 404],
      [path.toUpperCase(), 404],
      [`${path}?${"a".repeat(5000)}`, 400],
      [`${path}?a=1`, 200],
    ] as const) {
      const answer = await browser.visitor.send(address, { method: "POST", headers });
      expect(`${address.slice(0, 40)} ${answer.status}`).toBe(`${address.slice(0, 40)} ${status}`);
    }
  });
});
