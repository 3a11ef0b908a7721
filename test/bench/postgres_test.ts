import { describe, expect, test } from "bun:test";

import { hasPostgres } from "../programs.ts";

const SLOWEST_MS = 120_000;
const NUMBERS = /\d/;

describe.skipIf(!hasPostgres)("the benchmark of PostgreSQL", () => {
  // Its speed is no matter: other tests run beside it.
  test(
    "runs, and each of its numbers is one",
    async () => {
      const command = [process.execPath, `${import.meta.dir}/postgres.ts`, "--quick"];
      const child = Bun.spawn(command, { stdout: "pipe", stderr: "pipe" });
      const [said, complaint] = await Promise.all(
        [child.stdout, child.stderr].map((stream) => new Response(stream).text()),
      );
      expect(complaint).toBe("");
      expect(await child.exited).toBe(0);
      expect(said).not.toMatch(/NaN|Infinity|undefined/);
      const rows = said?.split("\n").filter((line) => line.startsWith("PostgreSQL, ")) ?? [];
      // Navigation bar, sign-in, and what a sign-in costs; one, two and three processes.
      expect(rows).toHaveLength(9);
      for (const row of rows) expect(row.slice("PostgreSQL, 1".length)).toMatch(NUMBERS);
      expect(said).toMatch(/with \d+\.\d round trips and \d+\.\d statements/);
    },
    SLOWEST_MS,
  );
});
