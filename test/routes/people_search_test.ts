import { describe, expect, test } from "bun:test";

import fc from "fast-check";

import { PEOPLE_FILTERS } from "../../db/contract/people_list.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { KATHERINE } from "../fixture.ts";
import { createAdminScene } from "./admin_scene.ts";

/** Far more than a search takes, and far less than one that goes through everything again and again. */
const PATIENCE_MS = 1000;

describe("a search for people", () => {
  const HOSTILE: [what: string, search: string, status: 200 | 400][] = [
    ["a quote", '"', 200],
    ["an open string", '"ada', 200],
    ["doubled quotes", '""ada""', 200],
    ["only quotes", '"'.repeat(100), 200],
    ["a single quote", "' OR 1=1 --", 200],
    ["NEAR", "NEAR(ada love, 5)", 200],
    ["NOT alone", "NOT", 200],
    ["AND at the end", "ada AND", 200],
    ["OR of everything", "a OR b OR c", 200],
    ["a prefix", "ada*", 200],
    ["only stars", "*".repeat(100), 200],
    ["the beginning of a column", "^ada", 200],
    ["minus", "-ada", 200],
    ["plus", "ada + love", 200],
    ["a column", "name : ada", 200],
    ["columns", "{name email} : ada", 200],
    ["all but a column", "-name : ada", 200],
    ["the column of the status", 'status : "admin"', 200],
    ["parentheses", "(((((ada)))", 200],
    ["open parentheses", "(".repeat(100), 200],
    ["a command of FTS5", "integrity-check", 200],
    ["NUL", "\u0000", 200],
    ["NUL inside", "a\u0000da", 200],
    ["every control character", String.fromCodePoint(...Array(32).keys()), 200],
    ["a lone high surrogate", "\ud83d", 200],
    ["a lone low surrogate", "ada \ude00", 200],
    ["surrogates the wrong way round", "\ude00\ud83d", 200],
    ["emoji", "\u{1f600}".repeat(50), 200],
    ["too many emoji", "\u{1f600}".repeat(100), 400],
    ["a family", "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}", 200],
    ["right to left", "\u202eada\u202c", 200],
    ["isolates", "\u2066ada\u2069\u200f", 200],
    ["Arabic", "محمد", 200],
    ["combining marks alone", "\u0301\u0302\u0303", 200],
    ["a letter under many marks", `a${"\u0301".repeat(99)}`, 200],
    ["many words", "a ".repeat(50), 200],
    ["many short words", "ab ".repeat(33), 200],
    ["100 characters", "x".repeat(100), 200],
    ["101 characters", "x".repeat(101), 400],
    ["100,000 characters", "x".repeat(100_000), 400],
    ["spaces of every kind", "\u00a0\u2003\u3000\ufeff\t\n", 200],
    ["a word joiner", "\u200b\u2060", 200],
    ["LIKE", "%_%", 200],
    ["a backslash", "\\", 200],
    ["a placeholder", ":match ? $1 @x", 200],
    ["markup", "<script>alert(1)</script>", 200],
    ["an entity", "&lt;b&gt;&quot;", 200],
    ["a private character", "\ue000\uffff\u{10ffff}", 200],
  ];
  for (const [what, search, status] of HOSTILE) {
    test(`of ${what} is answered with ${status}`, async () => {
      const { ada } = await createAdminScene();
      for (const filter of PEOPLE_FILTERS) {
        const query = new URLSearchParams({ q: search, filter });
        const begun = performance.now();
        const response = await ada.fragment(`/htmx/admin.people?${query}`);
        expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
        expect(response.status).toBe(status);
        if (status === 400) continue;
        const page = await parseResponse(response);
        expect(page.querySelector("script, main b")).toBeNull();
        one(page, "#people_count");
      }
      const person = new URLSearchParams({ person: search });
      expect((await ada.fragment(`/htmx/record?${person}`)).status).toBe(status);
      const file = await ada.send(`${PATHS.auditExport}?format=csv&${person}`);
      expect(file.status).toBe(status);
    });
  }

  test("of anything is answered, and finds the people who have it in their name", async () => {
    const { ada, visitor, store } = await createAdminScene();
    const parts = fc.constantFrom(
      ...['"', "'", "*", "^", "-", "(", ")", ":", "{", "}", "+", "\\", "%", "\u0000", "\ud83d"],
      ...[" ", "NEAR", "AND", "NOT", "OR", "name", "status", "ada", "é", "e\u0301", "王", "\u202e"],
    );
    const search = fc.array(parts, { maxLength: 12 }).map((all) => all.join(" ").slice(0, 100));
    await fc.assert(
      fc.asyncProperty(search, async (text) => {
        const query = new URLSearchParams({ q: text });
        expect((await ada.fragment(`/htmx/admin.people?${query}`)).status).toBe(200);
      }),
      { numRuns: 200 },
    );
    const word = fc.stringMatching(/^[a-z"'*^:(){}+-]{3,12}$/);
    await fc.assert(
      fc.asyncProperty(word, async (text) => {
        await visitor().signIn({ ...KATHERINE, name: `Kat ${text} Johnson` });
        const { people } = await store.listPeople({
          ...{ search: text, filter: "all", order: "name", isReversed: false },
          ...{ skip: 0, limit: 50, configuredAdmins: new Set() },
        });
        expect(people.map(({ email }) => email)).toContain(KATHERINE.email);
      }),
      { numRuns: 20 },
    );
  });
});
