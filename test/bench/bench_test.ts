import { expect, test } from "bun:test";

const SLOWEST_MS = 180_000;
/** Navigation bar, the same when activity is due, page, assets, sign-in, start. */
const GOALS = 6;

// By processor time, since other tests run beside it.
test(
  "the benchmark runs quickly, and nothing misses half of its goal",
  async () => {
    const command = [process.execPath, `${import.meta.dir}/run.ts`, "--quick"];
    const child = Bun.spawn(command, { stdout: "pipe", stderr: "pipe" });
    const [said = "", complaint] = await Promise.all(
      [child.stdout, child.stderr].map((stream) => new Response(stream).text()),
    );
    expect(complaint).toBe("");
    expect(await child.exited).toBe(0);
    expect(said).not.toMatch(/NaN|Infinity|undefined/);
    const [, table = ""] = said.split(/\n\n(?=\s+measured[^\n]+\n(?:[^\n]+\n){7})/);
    expect(table.split("\n").filter((line) => /[≥≤]/.test(line))).toHaveLength(GOALS);
  },
  SLOWEST_MS,
);
