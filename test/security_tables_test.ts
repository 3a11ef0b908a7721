import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";

const FOLDER = join(import.meta.dir, "../.github");
const SECURITY = readFileSync(join(FOLDER, "SECURITY.md"), "utf8");

/** The requirements of a chapter of OWASP ASVS 5.0.0, each with its level. */
const CHAPTERS: Record<string, Record<string, number>> = {
  "V7 Session Management": {
    ...{ "7.1.1": 2, "7.1.2": 2, "7.1.3": 2 },
    ...{ "7.2.1": 1, "7.2.2": 1, "7.2.3": 1, "7.2.4": 1 },
    ...{ "7.3.1": 2, "7.3.2": 2 },
    ...{ "7.4.1": 1, "7.4.2": 1, "7.4.3": 2, "7.4.4": 2, "7.4.5": 2 },
    ...{ "7.5.1": 2, "7.5.2": 2, "7.5.3": 3 },
    ...{ "7.6.1": 2, "7.6.2": 2 },
  },
  "V9 Self-contained Tokens": {
    ...{ "9.1.1": 1, "9.1.2": 1, "9.1.3": 1 },
    ...{ "9.2.1": 1, "9.2.2": 2, "9.2.3": 2, "9.2.4": 2 },
  },
};

interface Row {
  number: string;
  level: number;
  verdict: string;
  reason: string;
}

function readRows(heading: string): Row[] {
  const [, section = ""] = SECURITY.split(`\n### ${heading}\n`);
  const [own = ""] = section.split(/\n##+ /);
  const lines = own.split("\n").filter((line) => /^\| *\d/.test(line));
  return lines.map((line) => {
    const [number = "", level, , verdict = "", reason = ""] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { number, level: Number(level), verdict, reason };
  });
}

/** The tests that a text names: a link to their file, and their names behind it. */
function readTests(text: string): [path: string, name: string][] {
  const files = text.matchAll(/\]\(([\w./]+_test\.tsx?)\) (“[^”]+”(?:, “[^”]+”)*)/g);
  return [...files].flatMap(([, path = "", names = ""]) =>
    [...names.matchAll(/“([^”]+)”/g)].map(([, name = ""]): [string, string] => [path, name]),
  );
}

/** What the tests of a file, and groups of them, are called; a placeholder stands for the rest of a row's name. */
function titlesIn(path: string): string[] {
  const text = readFileSync(normalize(join(FOLDER, path)), "utf8");
  const calls = text.matchAll(/\b(?:test|describe)(?:\.\w+)*\(\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/g);
  return [...calls].map(([, title = ""]) => title.slice(1, -1));
}

for (const [heading, requirements] of Object.entries(CHAPTERS)) {
  describe(`the table of ${heading}`, () => {
    const rows = readRows(heading);

    test("has one row for each requirement, with its level", () => {
      expect(rows.map(({ number, level }) => [number, level])).toEqual(
        Object.entries(requirements),
      );
    });

    for (const { number, verdict, reason } of rows) {
      test(`says of ${number} that it is met, with tests that exist, or why not`, () => {
        expect(["met", "not applicable", "not met"]).toContain(verdict);
        const named = readTests(reason);
        if (verdict === "met") expect(named).not.toBeEmpty();
        else expect(reason.length).toBeGreaterThan(40);
        for (const [path, name] of named) {
          expect([name, titlesIn(path).some((title) => title.includes(name))]).toEqual([
            name,
            true,
          ]);
        }
      });
    }
  });
}
