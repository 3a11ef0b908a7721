import { expect, test } from "bun:test";
import { join } from "node:path";

import { Glob } from "bun";

import { readConfig } from "../src/config.ts";
import { startMeasured } from "./metrics/measured_server.ts";

const ROOT = join(import.meta.dir, "..");
const operating = await Bun.file(join(ROOT, ".github/OPERATING.md")).text();

/** The rows of the table under a heading, each as its cells. */
function readTable(heading: string): string[][] {
  const [, section = ""] = operating.split(`\n## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  const rows = own.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands between backticks. */
const namesIn = (text = "") => [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

/** How the source writes a line: with a level, by a function that knows the level, or as the kind of a fault. */
const LINES = [
  /"(?:debug|info|warn|error)",\s*"([a-z_]+)"/g,
  /\b(?:warn|name)\("([a-z_]+)"/g,
  /\blog\(level, "([a-z_]+)"/g,
  /\bkind: "([a-z_]+)", sessionId/g,
];

async function eventsInSource(): Promise<string[]> {
  const events = new Set<string>();
  for (const file of new Glob("src/**/*.{ts,tsx}").scanSync(ROOT)) {
    // The least level of the log is a list of levels.
    if (/^src\/(google_stand_in|config)\//.test(file)) continue;
    const text = await Bun.file(join(ROOT, file)).text();
    for (const line of LINES) for (const [, event = ""] of text.matchAll(line)) events.add(event);
  }
  return [...events].toSorted();
}

test("the table of the log has every event of the source, and no other", async () => {
  const events = await eventsInSource();
  expect(events.length).toBeGreaterThan(25);
  const listed = readTable("Log").flatMap(([events]) => namesIn(events));
  expect(listed.toSorted()).toEqual(events);
});

test("the table of the metrics has every metric with its type and labels, and no other", async () => {
  const server = await startMeasured();
  await server.visitor().get("/healthz");
  const text = await (await fetch(server.metricsUrl)).text();
  await server.stop();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  expect(types.length).toBeGreaterThan(15);
  const metrics = types.map(([, name = "", type = ""]) => {
    const [, labels = ""] = new RegExp(`^${name}(?:_bucket)?\\{([^}]*)\\}`, "m").exec(text) ?? [];
    const names = [...labels.matchAll(/(\w+)=/g)].map(([, label = ""]) => label);
    return [
      name,
      type,
      names
        .filter((label) => label !== "le")
        .toSorted()
        .join(" "),
    ];
  });
  const listed = readTable("Metrics").flatMap(([names, type = "", labels]) =>
    namesIn(names).map((name) => [name, type, namesIn(labels).toSorted().join(" ")]),
  );
  expect(listed.toSorted()).toEqual(metrics.toSorted());
});

const HOUR_MS = 3_600_000;

const PUBLIC = { GOOGLE_OAUTH2_CLIENT_ID: "id", ORIGIN: "https://app.example.com" };

/** What NIST SP 800-63B-4 asks for at each level, in milliseconds: sections 2.1.3, 2.2.3 and 2.3.3. */
const NIST = {
  AAL1: { lifetime: 30 * 24 * HOUR_MS, inactivity: Infinity },
  AAL2: { lifetime: 24 * HOUR_MS, inactivity: HOUR_MS },
  AAL3: { lifetime: 12 * HOUR_MS, inactivity: HOUR_MS / 4 },
};

test("the session limits of each level of NIST are settings that the configuration takes", () => {
  const rows = readTable("Session limits");
  expect(rows.map(([level]) => level)).toEqual(Object.keys(NIST));
  for (const [level = "", settings] of rows) {
    const set = Object.fromEntries(namesIn(settings).map((text) => text.split("=", 2)));
    const config = readConfig({ ...PUBLIC, ...set });
    const most = NIST[level as keyof typeof NIST];
    expect(config.sessionLifetimeMs).toBeLessThanOrEqual(most.lifetime);
    expect(config.sessionMaxAgeMs).toBeLessThanOrEqual(most.inactivity);
    expect(Object.keys(set)).toEqual(
      expect.arrayContaining(["SESSION_MAX_AGE", "SESSION_LIFETIME"]),
    );
  }
});
