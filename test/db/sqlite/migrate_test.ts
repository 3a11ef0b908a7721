import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { findMissing } from "../../../db/migrations.ts";

const FOLDER = join(import.meta.dir, "../../../db/sqlite/migrations");

/** Released migrations never change: existing databases were made by them. */
const RELEASED: Record<string, string> = {
  "0000_init.sql": "a81f005edb75e613269a686f1a1ce5ac0a44b4175f0b4d472e4b82b9c7cda74a",
  "0001_select_by.sql": "a64718b0d8b17da14cf99be0768f180d9f459665105beef0c7b561c36c7a57ad",
  "0002_account_and_record.sql": "0f1e1fdd4f7911c69288292b3a5baaf2fee005731fe3b907708c36cfd0e915ff",
  "0003_ended_tokens.sql": "c625e1b9d0381b7480524a747dfae8daacabb5f08ee9d1a2acc60b7d7374d1fc",
  "0004_people_search.sql": "59e233d17785052d8b1b8ccc87a179398137fb1e35bad051a9883b0c24d1af01",
  "0005_google_accounts.sql": "a7b13560b180bf0f49653c3b1f5a069b7044c9879583a9eec83040617a074a7b",
  "0006_file_marks.sql": "b62e43049dff82f282ed3d0eba3984c7e1f83e722317877db1da43effc8ecce9",
  "0007_access_hash.sql": "a7dd9c530daa381f0ce57d399f38dc8036a2454d10ea78916ea3a8e18bf6e55f",
  "0008_bound_sessions.sql": "dac6d303e00e8ce6c756e91bb6905067366e2094f30bec7a40faf8a440dd0a2a",
  "0009_details_email.sql": "52ad1b2ed03cbe8f227a29b77eef7d464f322b5c76f692f22ad0d5d3b73c75fa",
  "0010_counters.sql": "8e275677ca125ed76e5ff7e30d052b54bc30142c2ff48e861009ca45f1dc5bad",
};

const step = (name: string, hash = name) => ({ name, hash, statements: [] });
const [A, B, C] = [step("0000_a"), step("0001_b"), step("0002_c")];

describe("migrations", () => {
  test("are frozen", () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith(".sql"));
    const hashes = files.map((name) => [
      name,
      new Bun.CryptoHasher("sha256").update(readFileSync(join(FOLDER, name))).digest("hex"),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(RELEASED);
  });

  test("are applied from the first missing one", () => {
    expect(findMissing([], [A, B])).toEqual([A, B]);
    expect(findMissing([A], [A, B, C])).toEqual([B, C]);
    expect(findMissing([A, B], [A, B])).toEqual([]);
    expect(findMissing([], [])).toEqual([]);
  });

  const REFUSED = [
    ["a gap", [A, C], [A, B, C], "0001_b comes before 0002_c"],
    ["another order", [B, A], [A, B], "0000_a comes before 0001_b"],
    ["one that is missing", [A, B], [A], "does not have its migration 0001_b"],
    ["one that was renamed", [A], [B], "does not have its migration 0000_a"],
    ["one that was changed", [A], [step("0000_a", "other")], "0000_a was changed"],
  ] as const;
  for (const [what, applied, known, reason] of REFUSED) {
    test(`are refused for ${what}`, () => {
      expect(() => findMissing([...applied], [...known])).toThrow(reason);
    });
  }
});
