import { describe, expect, test } from "bun:test";

import type { LogFields, LogLevel } from "../../src/log.ts";
import {
  createLineSink,
  createLog,
  createReadableFormat,
  type LogOptions,
} from "../../src/process/log_sink.ts";

const NOW = Date.UTC(2026, 10, 26, 7, 30);

/** A log of JSON lines, and what it has written. */
function createScene(options: LogOptions = {}) {
  const lines: string[] = [];
  const sink = createLineSink((line) => lines.push(line));
  return { log: createLog(sink, { now: () => NOW, ...options }), lines };
}

const LEVELS: LogLevel[] = ["debug", "info", "warn", "error"];

describe("a line of the log", () => {
  test("is JSON with time, level and event first", () => {
    const { log, lines } = createScene();
    log("warn", "session_ended", { user: "ada", why: undefined, count: 2, isLast: true });
    expect(lines).toEqual([
      '{"time":"2026-11-26T07:30:00.000Z","level":"warn","event":"session_ended","user":"ada","count":2,"isLast":true}',
    ]);
  });

  test.each(LEVELS)("is written from level %s on", (level) => {
    const { log, lines } = createScene({ level });
    for (const one of LEVELS) log(one, "something");
    const written = lines.map((line) => JSON.parse(line).level);
    expect(written).toEqual(LEVELS.slice(LEVELS.indexOf(level)));
  });

  test.each(["a\nb", "\u001b[31mred", "\u009b31mred", "\u007f", '","event":"signed_in'])(
    "holds nothing that a terminal obeys, and no second line: %j",
    (text) => {
      const { log, lines } = createScene();
      log("info", "refused", { cause: text });
      expect(lines[0]).not.toMatch(/[\0-\u001f\u007f-\u009f]/);
      expect(JSON.parse(lines[0] ?? "")).toMatchObject({ event: "refused", cause: text });
    },
  );
});

describe("LOG_ADDRESSES", () => {
  type Row = [fields: LogFields, short: LogFields];
  const ROWS: Row[] = [
    [{ address: "203.0.113.7" }, { address: "203.0.113.0/24" }],
    [{ address: "2001:db8:1:2::3" }, { address: "2001:db8:1::/48" }],
    [{ address: "2001:db8:1:2::/64" }, { address: "2001:db8:1::/48" }],
    [{ peer: "198.51.100.9" }, { peer: "198.51.100.0/24" }],
    [{ address: "127.0.0.1" }, { address: "this machine" }],
    // What is no address could be anything.
    [{ address: "203.0.113.7 (Ada)" }, {}],
    [{ address: undefined }, {}],
  ];
  for (const [fields, short] of ROWS) {
    test(`decides how much of ${JSON.stringify(fields)} the log has`, () => {
      const write = (options: LogOptions) => {
        const { log, lines } = createScene(options);
        log("info", "signed_in", { user: "ada", ...fields });
        const { time: _time, level: _level, event: _event, ...rest } = JSON.parse(lines[0] ?? "");
        return rest;
      };
      expect(write({})).toEqual({ user: "ada", ...fields });
      expect(write({ addresses: "full" })).toEqual({ user: "ada", ...fields });
      expect(write({ addresses: "short" })).toEqual({ user: "ada", ...short });
      expect(write({ addresses: "none" })).toEqual({ user: "ada" });
    });
  }
});

describe("the format for people", () => {
  const FIELDS = { user: "ada", count: 2, none: undefined, cause: "a\nb \u001b[31mred" };

  test.each([true, false])("has one line, colours: %s", (hasColors) => {
    const lines: string[] = [];
    const sink = createLineSink((line) => lines.push(line), createReadableFormat({ hasColors }));
    createLog(sink, { now: () => NOW })("error", "sweep_failed", FIELDS);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.includes("\u001b")).toBe(hasColors);
    const plain = Bun.stripANSI(lines[0] ?? "");
    expect(plain).toMatch(/^\d\d:30:00\.000 ERR sweep_failed user=ada count=2 cause=a\\nb /);
    expect(plain).toContain("\\x1b[31mred");
  });
});
