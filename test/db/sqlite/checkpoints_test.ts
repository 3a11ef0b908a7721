import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { LONGEST_LOG } from "../../../db/sqlite/checkpoints.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { auditAt } from "../../fixture.ts";
import { signInWith } from "../sign_ins.ts";

let folder = "";
const path = () => join(folder, "foyer.db");

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "foyer-checkpoints-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const FRAME_BYTES = 4096 + 24;
const MOST_SIGN_INS = 2000;

/** Signs in until `isEnough`, and returns how often. */
async function signIn(
  store: ReturnType<typeof openSqlite>,
  isEnough: (count: number) => boolean,
): Promise<number> {
  for (let count = 1; count <= MOST_SIGN_INS; count += 1) {
    const [tokenHash, nonceHash] = [`token ${count}`, `nonce ${count}`];
    const identity = { ...signInWith().identity, sub: `sub ${count % 50}` };
    await store.signIn(signInWith({ identity, tokenHash, nonceHash }), auditAt(1000));
    if (isEnough(count)) return count;
  }
  throw new Error(`Not within ${MOST_SIGN_INS} sign-ins`);
}

test("a long log is written to the file by another thread, and closing waits for it", async () => {
  const store = openSqlite(path(), MACHINE);
  const beside = new Database(path(), { readonly: true });
  const look = beside.prepare("PRAGMA wal_checkpoint(NOOP)");
  const read = () => look.values()[0] as number[];
  let log = 0;
  const count = await signIn(store, () => {
    const [, pages = 0, written = 0] = read();
    log = pages;
    return written > 0;
  });
  // SQLite itself would not have begun yet.
  expect(log).toBeLessThan(LONGEST_LOG);
  beside.close(true);
  await store.close();
  expect(existsSync(`${path()}-wal`)).toBe(false);
  using after = new Database(path(), { readonly: true });
  expect(after.query("SELECT count(*) FROM session_tokens").values()).toEqual([[count]]);
  expect(after.query("PRAGMA integrity_check").values()).toEqual([["ok"]]);
});

test("the log begins again, however much is written", async () => {
  const store = openSqlite(path(), MACHINE);
  let most = 0;
  const count = await signIn(store, (done) => {
    most = Math.max(most, statSync(`${path()}-wal`).size / FRAME_BYTES);
    return done === 1000;
  });
  // So many pages were written, and more.
  expect(count * 15).toBeGreaterThan(most);
  expect(most).toBeLessThan(1.25 * LONGEST_LOG);
  await store.close();
}, 60_000);
