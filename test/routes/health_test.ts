import { describe, expect, test } from "bun:test";

import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { PATHS } from "../../src/paths.ts";
import { auditAt, createClock, createFoyer, type FoyerOverrides } from "../fixture.ts";

/** Composes the application, with keys unless the test brings others. */
async function createReady(overrides: FoyerOverrides = {}) {
  const foyer = await createFoyer({}, overrides);
  await foyer.deps.googleKeys.refreshIfDue();
  return foyer;
}

async function ask(foyer: Awaited<ReturnType<typeof createFoyer>>, path: string) {
  const response = await foyer.visitor().send(path);
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, body: await response.json() };
}

const PARTS = { database: true, keys: true, stopping: false, last_backup_age_seconds: null };
const READY = { status: "ready", ...PARTS };
const NOT_READY = { ...READY, status: "not ready" };

describe("/healthz", () => {
  test("is 200 while the database answers, also without keys and while the process stops", async () => {
    const foyer = await createFoyer({}, { isStopping: () => true });
    expect(await ask(foyer, PATHS.health)).toEqual({ status: 200, body: { status: "ok" } });
  });

  test("is 503 when the database fails", async () => {
    const foyer = await createReady();
    await foyer.store.close();
    expect((await ask(foyer, PATHS.health)).status).toBe(503);
  });
});

describe("/readyz", () => {
  test("is 200 when everything is there", async () => {
    expect(await ask(await createReady(), PATHS.ready)).toEqual({ status: 200, body: READY });
  });

  test("is 503 when the database fails", async () => {
    const foyer = await createReady();
    await foyer.store.close();
    const body = { ...NOT_READY, database: false };
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 503, body });
  });

  test("is 503 while the process stops", async () => {
    const foyer = await createReady({ isStopping: () => true });
    const body = { ...NOT_READY, stopping: true };
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 503, body });
  });

  test("is 503 until the first keys have come, and has them fetched", async () => {
    const answer = Promise.withResolvers<Response>();
    let fetches = 0;
    const fetch = () => {
      fetches += 1;
      return answer.promise;
    };
    const { deps } = await createFoyer();
    const url = deps.config.googleJwksUrl;
    const googleKeys = createGoogleKeys({ url, now: deps.now, log: deps.log, fetch });
    const foyer = await createFoyer({}, { googleKeys });
    const body = { ...NOT_READY, keys: false };
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 503, body });
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 503, body });
    expect(fetches).toBe(1);
    answer.resolve(await globalThis.fetch(url));
    await googleKeys.refreshIfDue();
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 200, body: READY });
  });

  test("stays 200 while Google is out of reach, as old keys stay valid", async () => {
    const { deps } = await createFoyer();
    const url = deps.config.googleJwksUrl;
    let isDown = false;
    const fetch = () => (isDown ? Promise.reject(new Error("down")) : globalThis.fetch(url));
    const clock = createClock();
    const { log } = deps;
    const googleKeys = createGoogleKeys({ url, now: () => clock.now, log, fetch });
    const foyer = await createReady({ googleKeys, clock });
    isDown = true;
    clock.pass(30 * 86_400_000);
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 200, body: READY });
    await googleKeys.refreshIfDue();
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 200, body: READY });
  });

  test("tells the age of the last good backup, and stays 200 without one", async () => {
    const foyer = await createReady();
    await foyer.store.recordBackup(foyer.clock.now, auditAt(foyer.clock.now));
    foyer.clock.pass(3_600_000);
    const body = { ...READY, last_backup_age_seconds: 3600 };
    expect(await ask(foyer, PATHS.ready)).toEqual({ status: 200, body });
  });

  test("answers GET and HEAD only", async () => {
    const visitor = (await createReady()).visitor();
    expect((await visitor.send(PATHS.ready, { method: "HEAD" })).status).toBe(200);
    expect((await visitor.send(PATHS.ready, { method: "POST" })).status).toBe(405);
  });
});
