import { expect, test } from "bun:test";

import { DatabaseError } from "../../db/contract/store.ts";
import { auditAt } from "../fixture.ts";
import { describeStore } from "./describe_store.ts";
import { attemptOf } from "./sign_ins.ts";

const AT_ONCE = auditAt(1000);

describeStore("acts at the same moment", (createDatabase) => {
  test("one that fails in the middle takes back itself and nothing else", async () => {
    const store = await (await createDatabase()).open();
    // A token must be unique. It is written after the nonce, the person and the session.
    const double = attemptOf("double", { tokenHash: "token of first" });
    await store.signIn(attemptOf("first"), AT_ONCE);
    const [ada, failed, grace] = await Promise.allSettled([
      store.signIn(attemptOf("ada"), AT_ONCE),
      store.signIn(double, AT_ONCE),
      store.signIn(attemptOf("grace"), AT_ONCE),
    ]);
    expect(ada).toMatchObject({ status: "fulfilled", value: { signedIn: true } });
    expect(grace).toMatchObject({ status: "fulfilled", value: { signedIn: true } });
    expect(failed).toMatchObject({ status: "rejected", reason: expect.any(DatabaseError) });
    for (const sub of ["ada", "grace"]) {
      expect((await store.findSession(`token of ${sub}`))?.user.name).toBe(sub);
    }
    expect(await store.findPeopleByEmail("double@gmail.com")).toEqual([]);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 3 });
    // Its nonce was not used.
    const again = await store.signIn(attemptOf("double"), AT_ONCE);
    expect(again.signedIn).toBe(true);
  });

  test("more than one transaction holds: each has its own answer", async () => {
    const store = await (await createDatabase()).open();
    const subs = Array.from({ length: 100 }, (_, index) => `member${index}`);
    const outcomes = await Promise.all(subs.map((sub) => store.signIn(attemptOf(sub), AT_ONCE)));
    expect(outcomes.map((one) => (one.signedIn ? one.user.name : one.code))).toEqual(subs);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 100 });
  });

  test("of two with the same nonce, one succeeds", async () => {
    const store = await (await createDatabase()).open();
    const outcomes = await Promise.all([
      store.signIn(attemptOf("ada", { nonceHash: "same" }), AT_ONCE),
      store.signIn(attemptOf("grace", { nonceHash: "same" }), AT_ONCE),
    ]);
    expect(outcomes.map(({ signedIn }) => signedIn).toSorted()).toEqual([false, true]);
  });

  test("what waits when the store is closed is written", async () => {
    const database = await createDatabase();
    const store = await database.open();
    if (database.address === ":memory:") return;
    const waiting = store.signIn(attemptOf("ada"), AT_ONCE);
    await Promise.all([store.close(), waiting.catch(() => {})]);
    const outcome = await waiting.then(
      ({ signedIn }) => signedIn,
      () => "failed",
    );
    const found = await (await database.open()).findSession("token of ada");
    expect(outcome).toBe(found ? true : "failed");
    if (database.address.startsWith("file:")) expect(outcome).toBe(true);
  });
});
