import { describe, expect, test } from "bun:test";

import { inBatches, nextSize } from "../../db/in_batches.ts";
import { auditAt } from "../fixture.ts";
import { describeStore } from "./describe_store.ts";

// More than fits in one transaction: 200 expired rows, 1,000 events.

describe("a batch", () => {
  const SIZES: [name: string, limit: number, tookMs: number, next: number][] = [
    ["that was as fast as it should be stays", 40, 5, 40],
    ["that was slow is followed by a smaller one", 40, 20, 10],
    ["that was fast, by one of twice the size at most", 40, 0.1, 80],
    ["is never too small for its commit", 40, 4000, 5],
    ["is never bigger than allowed", 150, 1, 200],
  ];
  test.each(SIZES)("%s", (_name, limit, tookMs, next) => {
    expect(nextSize(limit, { tookMs, aimMs: 5, most: 200 })).toBe(next);
  });

  test("follows another until nothing is left, and others have their turn between", async () => {
    const limits: number[] = [];
    const turns: number[] = [];
    const next = async (limit: number) => {
      setImmediate(() => turns.push(limits.length));
      return limits.push(limit) < 4;
    };
    await inBatches(next, { first: 10, most: 40, aimMs: 1e9 });
    expect(limits).toEqual([10, 20, 40, 40]);
    expect(turns).toEqual([1, 2, 3]);
  });
});

describeStore("what goes in batches", (createDatabase) => {
  test("is all that has expired, and nothing else", { timeout: 60_000 }, async () => {
    const database = await createDatabase();
    const store = await database.open();
    for (let number = 1; number <= 230; number += 1) {
      const endsAt = number <= 210 ? 4000 : 4001;
      await store.signIn(signIn(number, endsAt), auditAt(1000));
    }
    await store.deleteExpired(4000);
    expect((await store.readFigures(0)).sessions).toBe(20);
    expect(await store.findSession("token 210")).toBeNull();
    expect(await store.findSessionEnd({ tokenHash: "token 210", now: 4000 })).toBe("idle");
    expect(await store.findSession("token 211")).not.toBeNull();
    const again = { ...signIn(1, 9000), tokenHash: "another", tokenIssuedAt: 2000 };
    expect(await store.signIn(again, auditAt(4000))).toMatchObject({ code: "nonce_expired" });
  });

  test("is all of the audit log that is too old", { timeout: 60_000 }, async () => {
    const store = await (await createDatabase()).open();
    const act = { sub: null, kind: "verification", endsSessionsBefore: null, disables: null };
    for (const [jti, at, count] of [
      ["old", 1000, 2100],
      ["new", 5000, 1],
    ] as const) {
      const acts = Array.from({ length: count }, () => act);
      await store.applySecurityEvent({ jti, issuedAt: at, acts }, auditAt(at));
    }
    expect(await store.pruneAudit(2000)).toBe(2100);
    expect(await store.verifyAudit(2000)).toMatchObject({
      isWhole: true,
      events: 1,
      forgottenUpTo: 2100,
    });
    expect(await store.pruneAudit(2000)).toBe(0);
  });
});

function signIn(number: number, idleEndsAt: number) {
  return {
    identity: { sub: "1", email: "a@b.example", name: "A", picture: null, hostedDomain: null },
    method: "btn",
    tokenHash: `token ${number}`,
    accessHash: null,
    bindingSecret: null,
    authenticatedAt: null,
    amr: null,
    previousTokenHash: null,
    nonceHash: `nonce ${number}`,
    tokenIssuedAt: 1000,
    nonceKeptUntil: 3000,
    expiresAt: 9000,
    idleEndsAt,
    invitation: "not_needed",
  } as const;
}
