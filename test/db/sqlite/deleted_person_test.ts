import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { peoplePolicy } from "../../../src/auth/admission.ts";
import { MACHINE } from "../../../src/machine.ts";
import { ADA, auditAt, createFoyer } from "../../fixture.ts";

test("a deleted person is not in the file any more", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-deleted-"));
  const path = join(folder, "foyer.db");
  const foyer = await createFoyer({}, { store: openSqlite(path, MACHINE) });
  const { store, clock, deps } = foyer;
  const sub = (number: number) => `1${String(number).padStart(20, "0")}`;
  for (let number = 0; number < 50; number++) {
    const person = { ...ADA, sub: sub(number), email: `leaver.${number}@gmail.com` };
    await foyer.visitor().signIn(person);
  }
  const written = () => readFileSync(path, "latin1");
  for (let number = 0; number < 50; number++) {
    const [person] = await store.findPeopleByEmail(`leaver.${number}@gmail.com`);
    const act = { userId: person?.id ?? "", policy: peoplePolicy(deps.config) };
    expect(await store.deletePerson(act, auditAt(clock.now))).toBe("done");
  }
  await store.close();
  const [kept = null] = /leaver\.\d+|Ada Lovelace|10{17}\d{3}/.exec(written()) ?? [];
  rmSync(folder, { recursive: true });
  expect(kept).toBeNull();
});
