import { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { BOUND_SLACK_MS } from "../../src/auth/session_policy.ts";
import { MACHINE } from "../../src/machine.ts";
import { BOUND, createDeviceKey } from "../dbsc_browser.ts";
import { ADA } from "../fixture.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer } from "./scene.ts";

const HOUR_MS = 3_600_000;
const LOST = { isAnswerLost: true };
const folder = mkdtempSync(join(tmpdir(), "foyer-parallel-"));
afterAll(() => rmSync(folder, { recursive: true }));

const statusesOf = (answers: Response[]) => answers.map(({ status }) => status).toSorted();
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("at the same moment", () => {
  test("fifty registrations with different keys bind one of them", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signIn(ADA);
    const keys = await Promise.all(times(50, () => createDeviceKey()));
    const proofs = await Promise.all(
      keys.map(({ privateKey: key, jwk }) => owner.prove({ key, header: { jwk } })),
    );
    const answers = await Promise.all(proofs.map((proof) => owner.register(proof, LOST)));
    expect(statusesOf(answers)).toEqual([200, ...times(49, () => 400)]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const bound = answers.filter(({ headers }) => headers.has("set-cookie"));
    expect(bound).toEqual([answers[winner] as Response]);
    const { key } = (await foyer.store.findBinding(await owner.visitor.shownSession())) ?? {};
    expect(key).toMatchObject({ x: keys[winner]?.jwk.x });
    const kinds = (await foyer.store.listEvents({ limit: 100 })).map(({ kind }) => kind);
    expect(kinds).toEqual(["session_bound", "signed_in"]);
    // Who has lost is not told a reason, and the winner asks again.
    expect((await owner.register(proofs[winner])).status).toBe(200);
    expect((await owner.register(proofs[(winner + 1) % 50])).status).toBe(400);
  });

  test("fifty refreshes with one proof are good, and leave nothing behind", async () => {
    const path = join(folder, "refreshes.db");
    const foyer = await createBindingFoyer({}, { store: openSqlite(path, MACHINE) });
    const reader = new Database(path, { readonly: true });
    const countTokens = () =>
      reader.query<{ count: number }, []>("select count(*) as count from bound_tokens").get()
        ?.count;
    const owner = await browserOf(foyer);
    await owner.signInBound(ADA);
    const proof = await owner.prove();
    const answers = await Promise.all(times(50, () => owner.refreshOnce(proof)));
    expect(statusesOf(answers)).toEqual(times(50, () => 200));
    const values = new Set(answers.map(({ headers }) => headers.get("set-cookie")));
    expect(values.size).toBe(50);
    expect(countTokens()).toBe(51);
    // Each of them is good, as the browser keeps the one that came last.
    for (const value of values) {
      const holder = owner.visitor.clone();
      holder.cookies.set(BOUND, value?.slice(BOUND.length + 1, value.indexOf(";")) ?? "");
      expect(await holder.status()).toBe(200);
    }
    foyer.clock.pass(BOUND_AGE_MS + BOUND_SLACK_MS);
    expect((await owner.refresh()).status).toBe(200);
    expect(countTokens()).toBe(1);
    reader.close();
  });

  test("refreshes with proofs of different challenges leave the newest that was answered", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signInBound(ADA);
    const proofs: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      foyer.clock.pass(1000);
      proofs.push(await owner.prove());
      await owner.refreshOnce(null);
    }
    const last = await owner.prove();
    // They are checked in threads, so the order is open, but not what is good afterwards.
    const [newest, ...older] = await Promise.all(
      [last, ...proofs].map((proof) => owner.refreshOnce(proof, LOST)),
    );
    expect(newest?.status).toBe(200);
    for (const { status } of older) expect([200, 403]).toContain(status);
    foyer.clock.pass(60_000);
    for (const proof of proofs) expect((await owner.refreshOnce(proof, LOST)).status).toBe(403);
    expect((await owner.refresh()).status).toBe(200);
  });
});

describe("an answer that is lost", () => {
  test("of the registration: the same proof again, for two minutes", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signIn(ADA);
    const proof = await owner.prove({ header: { jwk: owner.key.jwk } });
    expect((await owner.register(proof, LOST)).status).toBe(200);
    foyer.clock.pass(119_999);
    const again = await owner.register(proof);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ session_identifier: owner.sessionId });
    expect(await owner.visitor.status()).toBe(200);
    foyer.clock.pass(1);
    expect((await owner.register(proof)).status).toBe(400);
    expect(await owner.visitor.status()).toBe(200);
    const kinds = (await foyer.store.listEvents({ limit: 100 })).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "session_bound")).toHaveLength(1);
    expect((await owner.refresh()).status).toBe(200);
  });

  test("of the registration, for good: the session ends with the grace, not its owner’s way in", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signIn(ADA);
    await owner.register(undefined, LOST);
    foyer.clock.pass(29_999);
    expect(await owner.visitor.status()).toBe(200);
    foyer.clock.pass(1);
    expect(await owner.visitor.status()).toBe(401);
    expect((await owner.signInBound(ADA)).status).toBe(200);
    expect(await owner.visitor.status()).toBe(200);
  });

  test("of a refresh: the same proof again, until its successor was used", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signInBound(ADA);
    foyer.clock.pass(BOUND_AGE_MS);
    const first = await owner.prove();
    for (let count = 0; count < 3; count += 1) {
      expect((await owner.refreshOnce(first, LOST)).status).toBe(200);
      foyer.clock.pass(1000);
    }
    expect((await owner.refreshOnce(first)).status).toBe(200);
    expect((await owner.refreshOnce(first, LOST)).status).toBe(200);
    expect((await owner.refreshOnce()).status).toBe(200);
    const late = await owner.refreshOnce(first);
    expect(late.status).toBe(403);
    expect(late.headers.getSetCookie()).toEqual([]);
    expect((await owner.refreshOnce()).status).toBe(200);
    expect(await owner.visitor.status()).toBe(200);
  });

  test("of a challenge: the browser is given another", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signInBound(ADA);
    foyer.clock.pass(HOUR_MS);
    expect((await owner.refreshOnce(undefined, LOST)).status).toBe(403);
    expect((await owner.refresh()).status).toBe(200);
  });
});

describe("a clock that is set", () => {
  const ROWS: [what: string, steps: number[]][] = [
    ["forward", [HOUR_MS, 0]],
    ["back", [-HOUR_MS, 0]],
    ["forward and back", [HOUR_MS, -HOUR_MS, 0]],
    ["back and forward", [-HOUR_MS, HOUR_MS, 0]],
    ["back and forth all the time", [HOUR_MS, -HOUR_MS, HOUR_MS, -HOUR_MS, -HOUR_MS, HOUR_MS]],
  ];
  for (const [what, steps] of ROWS) {
    test(`${what} unbinds nobody`, async () => {
      const foyer = await createBindingFoyer();
      const owner = await browserOf(foyer);
      await owner.signInBound(ADA);
      for (const step of steps) {
        foyer.clock.pass(step);
        for (let count = 0; count < 3; count += 1) {
          expect((await owner.refresh()).status).toBe(200);
          expect(await owner.visitor.status()).toBe(200);
          foyer.clock.pass(BOUND_AGE_MS);
        }
      }
    });
  }

  test("back does not bring back what requests under way need no proof for", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signInBound(ADA);
    const thief = owner.visitor.clone();
    thief.cookies.delete(BOUND);
    foyer.clock.pass(-HOUR_MS);
    expect([await thief.status(), await owner.visitor.status()]).toEqual([401, 200]);
    foyer.clock.pass(HOUR_MS);
    expect(await thief.status()).toBe(200);
  });
});
