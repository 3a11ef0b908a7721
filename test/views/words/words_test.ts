import { describe, expect, test } from "bun:test";

import { ALL_WORDS, chooseWords, translate, type Words } from "../../../views/words/words.ts";

describe("the language of a request", () => {
  const rows: [header: string | null, lang: string][] = [
    [null, "en"],
    ["", "en"],
    ["de", "de"],
    ["DE-at", "de"],
    ["de-CH-1996;q=0.8, fr;q=0.9", "de"],
    ["en-US,en;q=0.9,de;q=0.8", "en"],
    ["de;q=0.9, en;q=0.9", "de"],
    ["en;q=0.1, de;q=0.2", "de"],
    ["fr, ja;q=0.5", "en"],
    ["*", "en"],
    ["fr, *;q=0.1", "en"],
    ["de;q=0", "en"],
    ["de;q=0.000, fr", "en"],
    ["de ; Q=0.5 , en;q=0.4", "de"],
    // What is not valid chooses nothing.
    ["de;q=2", "en"],
    ["de;q=0.1234", "en"],
    ["de;q=-1", "en"],
    ["de;q=1e9", "en"],
    ["de;q=NaN", "en"],
    ["de_DE", "en"],
    ["constructor, __proto__, toString", "en"],
    ["<script>de</script>", "en"],
    [";;;,,,;q=1", "en"],
    [`${"x,".repeat(5000)}de`, "en"],
    [`de${"-x".repeat(50_000)}`, "de"],
  ];
  test.each(rows.map(([header, lang], row) => [row, lang, header] as const))(
    "of row %d is %s",
    (_, lang, header) => {
      expect(chooseWords(header).lang).toBe(lang);
    },
  );

  test("takes no longer for a long header", () => {
    const long = `${"de;q=0.5,".repeat(7000)}en`;
    const before = performance.now();
    for (let i = 0; i < 1000; i++) chooseWords(long);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

test("a text is one for all languages, or one for each", () => {
  const [en, de] = ALL_WORDS as [Words, Words];
  expect(translate("Guestbook", de)).toBe("Guestbook");
  expect([en, de].map((words) => translate(({ lang }) => `in ${lang}`, words))).toEqual([
    "in en",
    "in de",
  ]);
});

describe("words", () => {
  /** Every word by its path; functions by the number of their parameters. */
  function flatten(value: unknown, path = ""): [path: string, leaf: unknown][] {
    if (typeof value !== "object" || value === null) return [[path, value]];
    return Object.entries(value).flatMap(([name, part]) => flatten(part, `${path}.${name}`));
  }

  test.each(ALL_WORDS.map((words) => [words.lang, words] as const))(
    "in %s are all there, in plain text",
    (_, words) => {
      const texts = flatten(words).filter(([, leaf]) => typeof leaf === "string");
      expect(texts.length).toBeGreaterThan(20);
      const odd = texts.filter(
        ([, text]) => String(text).trim() !== text || text === "" || /[<>&"]|'|\.\.\./.test(text),
      );
      expect(odd).toEqual([]);
    },
  );

  test("that take a part take the same ones in each language", () => {
    const [en, ...others] = ALL_WORDS.map((words) =>
      flatten(words).map(([path, leaf]) => [path, typeof leaf === "function" ? leaf.length : 0]),
    );
    for (const other of others) expect(new Map(other as never)).toEqual(new Map(en as never));
  });

  test("write numbers, dates and durations as the language does", () => {
    const at = Date.UTC(2026, 10, 25, 18, 47);
    const written = ALL_WORDS.map(({ formats }) => [
      formats.number(5002),
      formats.shortDay(at),
      formats.time(at),
      formats.day(at),
      formats.minute(at),
      formats.duration(604_800_000),
      formats.duration(90_000),
      formats.plural(1, { one: "x", other: "y" }),
      formats.plural(1200, { one: "x", other: "y" }),
    ]);
    expect(written).toEqual([
      [
        "5,002",
        "25 Nov",
        "18:47",
        "25 Nov 2026",
        "25 Nov 2026, 18:47 UTC",
        "7 days",
        "90 seconds",
        "1 x",
        "1,200 y",
      ],
      [
        "5.002",
        "25. Nov.",
        "18:47",
        "25.11.2026",
        "25.11.2026, 18:47 UTC",
        "7 Tage",
        "90 Sekunden",
        "1 x",
        "1.200 y",
      ],
    ]);
  });
});
