import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";

test("what Google says about a sign-in is one JSON list in the file; unknown is NULL", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "foyer-proof-")), "foyer.db");
  const store = openSqlite(path, MACHINE);
  const { visitor } = await createFoyer({}, { store });
  await visitor().signIn(ADA, { claims: { auth_time: 1_700_000_000, amr: ["hwk", "mfa"] } });
  await visitor().signIn(GRACE);
  const file = new Database(path, { readonly: true });
  const rows = file.query("SELECT authenticated_at, amr FROM sessions ORDER BY amr").values();
  expect(rows).toEqual([
    [null, null],
    [1_700_000_000_000, '["hwk","mfa"]'],
  ]);
  file.close();
  store.close();
});
