import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { renameSync } from "node:fs";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { ADA, auditAt, GRACE } from "../fixture.ts";
import { type CommandScene, createCommandScene } from "./command_scene.ts";

let scene: CommandScene;
beforeEach(async () => {
  scene = await createCommandScene([ADA, GRACE, { ...GRACE, sub: "another" }]);
});
afterEach(() => scene.close());

const run = (...args: string[]) => scene.run("audit", ...args);

const seqsIn = (events: Record<string, unknown>[]) => events.map(({ seq }) => seq);

describe("foyer audit verify", () => {
  test("says what an empty audit log can mean", async () => {
    const path = `${scene.path}.new`;
    openSqlite(path, MACHINE).close();
    scene.env.DATABASE_URL = `file:${path}`;
    expect(await run("verify")).toBe(
      "The audit log is empty. Either nothing has happened yet, or its tables were emptied.",
    );
  });

  test("says that the audit log is intact, and detects damage", async () => {
    const intact = await run("verify");
    expect(intact).toStartWith("The audit log is intact: 3 events, 0 of them with erased details.");
    expect(intact).toMatch(/^The first event that is left is from 20\d\d-\d\d-\d\dT/m);
    const [, head] = /^The hash of the last event is ([\w-]{43})\. Store it/m.exec(intact) ?? [];
    const [verdict] = await scene.read("audit", "verify");
    expect(verdict).toMatchObject({ isWhole: true, events: 3, head, forgottenUpTo: 0 });
    const database = new Database(scene.path);
    database.run("UPDATE audit_events SET kind = 'enabled' WHERE seq = 2");
    database.close();
    const lines: string[] = [];
    const writeLine = async (line: string) => void lines.push(line);
    const damaged = "CommandError: The audit log is damaged. Event 2 was changed.";
    expect(await run("verify")).toBe(damaged);
    expect(await scene.runWith({ writeLine }, "audit", "verify", "--json")).toBe(damaged);
    expect(lines).toEqual([JSON.stringify({ isWhole: false, fault: "Event 2 was changed." })]);
    scene.env.AUDIT_RETENTION_DAYS = "0";
    expect(await run("verify")).toContain("AUDIT_RETENTION_DAYS");
    scene.env.AUDIT_RETENTION_DAYS = "400";
    expect(await run("verify", "now")).toContain("Usage: foyer audit verify");
  });
});

describe("foyer audit export", () => {
  const exported = async (...args: string[]) => {
    const text = await run("export", ...args);
    return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line));
  };

  test("prints every event, the oldest first, and is one itself once an hour", async () => {
    const events = await exported();
    expect(seqsIn(events)).toEqual([1, 2, 3, 4]);
    const newest = await scene.store.listEvents({ limit: 9 });
    expect(events).toEqual(newest.toReversed());
    expect(events[3]).toMatchObject({ kind: "exported", actorId: null, subjectId: null });
    expect(seqsIn(await exported())).toEqual([1, 2, 3, 4]);
    expect(await run("export")).not.toMatch(/[\w-]{43}/);
  });

  test("goes through thousands of events", async () => {
    const act = { sub: null, kind: "verification", endsSessionsBefore: null, disables: null };
    const acts = Array.from({ length: 1997 }, () => act);
    await scene.store.applySecurityEvent({ jti: "1", issuedAt: 1, acts }, auditAt(1));
    const events = await exported();
    expect(seqsIn(events)).toEqual(events.map((_, index) => index + 1));
    expect(events).toHaveLength(2001);
    await scene.store.pruneAudit(Date.now() - 1e6);
    expect((await exported()).at(0)).toMatchObject({ seq: 1 });
  });

  test("selects times", async () => {
    await scene.store.invite("old@a.example", auditAt(Date.UTC(2026, 0, 31, 23, 59)));
    await scene.store.invite("new@a.example", auditAt(Date.UTC(2026, 1, 1)));
    const ROWS: [args: string[], addresses: string[]][] = [
      [["--since", "2026-01-31", "--until", "2026-01-31"], ["old@a.example"]],
      [["--since=2026-02-01", "--until=2026-02-01"], ["new@a.example"]],
      [["--since", "2026-01-31T23:59:00Z", "--until", "2026-02-01T00:00:00Z"], ["old@a.example"]],
      [
        ["--since", "2026-02-01T00:00+01:00", "--until=2026-02-01"],
        ["old@a.example", "new@a.example"],
      ],
      [["--until", "2025-12-31"], []],
      [["--since", "2999-01-01"], []],
    ];
    for (const [args, addresses] of ROWS) {
      expect((await exported(...args)).map(({ details }) => details.email)).toEqual(addresses);
    }
  });

  const WRONG = [
    "",
    "yesterday",
    "2026-02-30",
    "2026-13-01",
    "2026-01-01T00:00",
    "1780000000",
    "+012026-01-01",
  ];
  for (const text of WRONG) {
    test(`refuses the time “${text}”, and records nothing`, async () => {
      expect(await run("export", "--since", text)).toStartWith("UsageError: --since is not a time");
      expect(await run("export", `--until=${text}`)).toContain("--until is not a time");
      expect(await scene.store.listEvents({ kind: "exported", limit: 9 })).toEqual([]);
    });
  }
});

describe("foyer audit follow", () => {
  /** Follows until so many lines were printed, or until `act` says so. */
  async function follow(
    args: string[],
    { lines: count, act }: { lines: number; act?: () => Promise<unknown> },
  ) {
    const stop = new AbortController();
    const lines: string[] = [];
    const writeLine = async (line: string) => {
      lines.push(line);
      if (lines.length === count) stop.abort();
    };
    const begun = Promise.withResolvers<void>();
    const untilStopped = () => {
      // It knows its beginning.
      begun.resolve();
      return stop.signal;
    };
    const terminal = { writeLine, untilStopped };
    const done = scene.runWith(terminal, "audit", "follow", ...args);
    if (act) await begun.promise.then(act);
    return { said: await done, lines };
  }

  test("begins with the next event, or behind a number", async () => {
    const next = await follow(["--json"], {
      lines: 1,
      act: () => scene.store.invite("x@a.example", auditAt(1)),
    });
    expect(next.lines.map((line) => JSON.parse(line).seq)).toEqual([4]);
    const all = await follow(["--after", "0", "--json"], { lines: 4 });
    expect(all.lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4]);
    const [event] = await scene.store.listEvents({ limit: 1 });
    expect(JSON.parse(all.lines[3] as string)).toEqual(event);
    const text = await follow(["--after=3"], { lines: 1 });
    expect(text.lines).toEqual(["1970-01-01T00:00:00.001Z  4  invited  x@a.example"]);
  });

  test("goes on after events were deleted, and begins behind them", async () => {
    await scene.store.pruneAudit(Date.now() + 1e6);
    const act = () => scene.store.invite("x@a.example", auditAt(1));
    expect((await follow(["--json"], { lines: 1, act })).lines[0]).toStartWith('{"seq":4,');
    expect((await follow(["--after", "1", "--json"], { lines: 1 })).lines[0]).toStartWith(
      '{"seq":4,',
    );
  });

  test("ends with an error when the file is replaced", async () => {
    const act = async () => renameSync(scene.path, `${scene.path}.old`);
    const { said } = await follow(["--after", "3"], { lines: 1, act });
    expect(said).toBe("CommandError: The database file is no longer at its path");
  });

  test("refuses a number that no event has yet", async () => {
    const { said } = await follow(["--after", "4"], { lines: 1 });
    expect(said).toStartWith("CommandError: The audit log has no event 4: its last one is 3.");
  });

  for (const text of ["", "x", "-1", "1.5", "0x10", "9".repeat(16), "1\n2"]) {
    test(`shows the usage for --after=${JSON.stringify(text)}`, async () => {
      const { said } = await follow([`--after=${text}`], { lines: 1 });
      expect(said).toStartWith("UsageError: --after is not a number of an event");
    });
  }
});
