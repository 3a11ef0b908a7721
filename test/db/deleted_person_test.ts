import { expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { ADA, auditAt, createFoyer, GRACE } from "../fixture.ts";
import { describeSharedStore } from "./describe_store.ts";

describeSharedStore("a deleted person", (createDatabase) => {
  test("is in no table any more, and others are", async () => {
    const database = await createDatabase();
    const store = await database.open();
    const { visitor, deps, clock } = await createFoyer({}, { store });
    await visitor().signIn(ADA);
    await visitor().signIn(ADA);
    await visitor().signIn(GRACE);
    const [ada] = await store.findPeopleByEmail(ADA.email);
    const act = { userId: ada?.id ?? "", policy: peoplePolicy(deps.config) };
    const readAll = async () => {
      const tables = await database.sql.tables();
      const rows = tables.map((table) => database.sql.read(`SELECT * FROM ${table}`));
      return JSON.stringify(await Promise.all(rows));
    };
    const before = await readAll();
    for (const text of [ADA.sub, ADA.email, ADA.name]) expect(before).toContain(text);
    expect(await store.deletePerson(act, auditAt(clock.now))).toBe("done");
    const after = await readAll();
    for (const text of [ADA.sub, ADA.email, ADA.name]) expect(after).not.toContain(text);
    for (const text of [GRACE.sub, GRACE.email, GRACE.name]) expect(after).toContain(text);
  });
});
