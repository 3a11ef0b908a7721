import { expect, test } from "bun:test";

import { ADA, createFoyer, GRACE } from "../fixture.ts";
import { describeSharedStore } from "./describe_store.ts";

describeSharedStore("what Google says about a sign-in", (createDatabase) => {
  test("is one JSON list in the database; unknown is NULL", async () => {
    const database = await createDatabase();
    const { visitor } = await createFoyer({}, { store: await database.open() });
    await visitor().signIn(ADA, { claims: { auth_time: 1_700_000_000, amr: ["hwk", "mfa"] } });
    await visitor().signIn(GRACE);
    const query = "SELECT authenticated_at, amr FROM sessions ORDER BY amr IS NOT NULL";
    expect(await database.sql.read(query)).toEqual([
      [null, null],
      [1_700_000_000_000, '["hwk","mfa"]'],
    ]);
  });
});
