import { describe, expect, test } from "bun:test";

import { createRefusalLog } from "../../src/http/refusal_log.ts";
import { createLineSink, createLog } from "../../src/process/log_sink.ts";

/** A log of refusals, its clock, and what it has written. */
function createScene() {
  const clock = { now: 1_700_000_000_000 };
  const now = () => clock.now;
  const lines: string[] = [];
  const log = createLog(
    createLineSink((line) => lines.push(line)),
    { now },
  );
  const refusals = createRefusalLog({ log, now });
  const client = (index: number) => ({ address: `203.0.113.${index}` });
  return { clock, lines, refusals, client };
}

const LINE = { request: crypto.randomUUID(), method: "GET", path: "/x".repeat(100), status: 404 };

const sizeOf = (lines: string[]) =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

describe("the log of refusals", () => {
  test("has a line for each", () => {
    const { lines, refusals } = createScene();
    refusals.write("info", LINE);
    refusals.flush();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: "info", event: "refused", ...LINE }),
    ]);
  });

  test("is bounded in bytes a second, and says how many lines it left out", () => {
    const { clock, lines, refusals } = createScene();
    const count = 200_000;
    for (let index = 0; index < count; index += 1) {
      refusals.write("info", { ...LINE, path: `/${"ä".repeat(index % 100)}` });
      if (index % 1000 === 0) clock.now += 1000;
    }
    const seconds = count / 1000;
    expect(sizeOf(lines)).toBeLessThan(262_144 + seconds * 2048);
    expect(sizeOf(lines)).toBeGreaterThan(200_000 + seconds * 1500);
    const written = lines.length;
    refusals.flush();
    expect(lines.slice(written).map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ event: "refusals_left_out", count: count - written }),
    ]);
    refusals.flush();
    expect(lines).toHaveLength(written + 1);
  });

  test("does not lose errors among the refusals of strangers", () => {
    const { lines, refusals } = createScene();
    for (let index = 0; index < 10_000; index += 1) refusals.write("info", LINE);
    refusals.write("error", { ...LINE, status: 500 });
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ level: "error", status: 500 });
  });

  test("takes one line a flush for an address that was limited", () => {
    const { lines, refusals, client } = createScene();
    for (let index = 0; index < 1000; index += 1) refusals.countLimited(client(index % 3));
    refusals.countLimited({ address: null });
    expect(lines).toEqual([]);
    refusals.flush();
    const limited = lines.map((line) => JSON.parse(line));
    expect(limited.map(({ event, address, count }) => [event, address, count])).toEqual([
      ["limited", "203.0.113.0", 334],
      ["limited", "203.0.113.1", 333],
      ["limited", "203.0.113.2", 333],
      ["limited", undefined, 1],
    ]);
    refusals.flush();
    expect(lines).toHaveLength(4);
  });

  test("takes 501 lines for a million addresses that were limited", () => {
    const { lines, refusals } = createScene();
    for (let index = 0; index < 1_000_000; index += 1) {
      refusals.countLimited({ address: `${index}` });
    }
    refusals.flush();
    expect(lines).toHaveLength(501);
    const counts = lines.map((line) => JSON.parse(line).count as number);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1_000_000);
    const last = JSON.parse(lines.at(-1) ?? "");
    expect(last).toMatchObject({ event: "limited", count: 999_500 });
    expect(last).not.toHaveProperty("address");
  });
});
