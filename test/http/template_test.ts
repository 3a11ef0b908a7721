import { describe, expect, test } from "bun:test";
import { gunzipSync } from "node:zlib";

import { assert, property, record, string } from "fast-check";

import { createGzipTemplate } from "../../src/http/gzip_template.ts";
import { createTemplate } from "../../src/http/template.ts";

const unzip = (bytes: Uint8Array) => gunzipSync(bytes).toString();

describe("a template", () => {
  const draw = ({ name, picture }: Record<"name" | "picture", string>) =>
    `<p title="${name}"><img src="${picture}" alt="">${name}</p>${"<hr>".repeat(500)}`;
  const { fill, fillCompressed } = createTemplate(["name", "picture"], draw);

  test("escapes what is put into its slots, each time", () => {
    const html = fill({ name: `<script>"&'`, picture: `"><hx-partial>` });
    expect(html).toStartWith(
      `<p title="&lt;script&gt;&quot;&amp;&#x27;"><img src="&quot;&gt;&lt;hx-partial&gt;" alt="">&lt;script&gt;&quot;&amp;&#x27;</p>`,
    );
  });

  test("leaves no mark, and puts texts nowhere else", () => {
    const html = fill({ name: "picture", picture: "name" });
    expect(html).not.toContain("\0");
    expect(html).toStartWith(`<p title="picture"><img src="name" alt="">picture</p>`);
  });

  test("is the same compressed, whatever is put into it", () => {
    const texts = record({ name: string({ unit: "binary" }), picture: string() });
    const isSame = property(texts, (one) => {
      expect(unzip(fillCompressed(one))).toBe(fill(one).toWellFormed());
    });
    assert(isSame, { seed: 1, numRuns: 300 });
  });

  test("is compressed but for what is put into it", () => {
    const short = fillCompressed({ name: "", picture: "" }).length;
    expect(short).toBeLessThan(200);
    // Whoever sees the length of an answer learns nothing from what is like another text of it.
    const lengths = ["<hr><hr><hr>", "abcdefghijkl"].map(
      (name) => fillCompressed({ name: name.replace(/[<>]/g, "-"), picture: "" }).length,
    );
    expect(lengths).toEqual([short + 24, short + 24]);
  });

  test("without a slot is its text", () => {
    const plain = createTemplate([], () => "<p>é</p>");
    expect([plain.fill({}), unzip(plain.fillCompressed({}))]).toEqual(["<p>é</p>", "<p>é</p>"]);
  });
});

describe("the gaps of a compressed text", () => {
  const compress = createGzipTemplate(["a", "b"]);

  for (const length of [0, 1, 255, 256, 65_534, 65_535]) {
    test(`take ${length} bytes`, () => {
      expect(unzip(compress(["x".repeat(length)]))).toBe(`a${"x".repeat(length)}b`);
    });
  }
  test("take no more than a block does", () => {
    expect(() => compress(["x".repeat(65_536)])).toThrow(RangeError);
    expect(() => compress(["é".repeat(32_768)])).toThrow(RangeError);
  });
});
