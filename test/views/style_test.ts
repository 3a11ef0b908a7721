import { describe, expect, test } from "bun:test";
import { join } from "node:path";

import { buildAssets } from "../../src/build_assets.ts";

const STYLE = await Bun.file(join(import.meta.dir, "../../views/style.css")).text();

/** Properties of a side of the screen, where one of the text does. `overflow-x` has no other name everywhere yet. */
const PHYSICAL_NAME =
  /^(?:(?:min-|max-)?(?:width|height)|(?:(?:scroll-)?(?:margin|padding)-|border-)?(?:top|right|bottom|left)(?:-.+)?)$/;
const PHYSICAL_VALUE = /(?<![\w-])(?:left|right)(?![\w-])/;
const SHORTHAND = /^(?:(?:scroll-)?(?:margin|padding)|inset|border-(?:width|style|color))$/;

/**
 * Properties of the text that Bun turns into those of the screen, by a list of languages: three times as long, and not
 * by `dir`. Margins of the text, `auto` among them, can place the same box.
 */
const LOWERED_NAME = /^(?:inset-inline.*|border-(?:start|end)-(?:start|end)-radius)$/;

/** What a declaration has that does not turn with the direction of the text, or "". */
function findPhysical(name: string, value: string): string {
  if (PHYSICAL_NAME.test(name)) return "a property of a side of the screen";
  if (LOWERED_NAME.test(name)) return "a property that the build makes one of the screen";
  if (PHYSICAL_VALUE.test(value)) return "a value of a side of the screen";
  const sides = splitValues(value);
  if (SHORTHAND.test(name) && sides.length === 4 && sides[1] !== sides[3]) return "uneven sides";
  if (name === "border-radius" && sides.length === 4) {
    return sides[0] !== sides[1] || sides[2] !== sides[3] ? "uneven corners" : "";
  }
  const isShifted = name === "translate" && !/^(?:0|none|inherit)/.test(value);
  return isShifted ? "a shift along the line" : "";
}

/** Splits at spaces outside of parentheses. */
function splitValues(value: string): string[] {
  return value.match(/(?:[^\s(]+|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
}

/** The declarations of a stylesheet, without comments and conditions. */
function readDeclarations(css: string): [name: string, value: string][] {
  const bare = css.replace(/\/\*.*?\*\//gs, "").replace(/@media[^{]*|@supports[^{]*/g, "");
  const found = bare.matchAll(/(?<=[{;}]\s*)([\w-]+)\s*:\s*([^;{}]+);/g);
  return [...found].map(([, name = "", value = ""]) => [name, value.trim()]);
}

describe("the stylesheet", () => {
  test("turns with the direction of the text", () => {
    const declarations = readDeclarations(STYLE);
    expect(declarations.length).toBeGreaterThan(400);
    const physical = declarations.filter(([name, value]) => findPhysical(name, value) !== "");
    expect(physical).toEqual([]);
  });

  test("is built without a list of languages that run to the left", () => {
    const [style] = buildAssets().filter(({ extension }) => extension === "css");
    const css = Buffer.from(style?.body ?? "", "base64").toString();
    expect(css.includes("margin-inline-end")).toBe(true);
    expect(css.includes(":lang(")).toBe(false);
  });

  const ROWS: [name: string, value: string, isPhysical: boolean][] = [
    ["margin-left", "1rem", true],
    ["left", "0", true],
    ["border-top-left-radius", "1px", true],
    ["text-align", "left", true],
    ["transform-origin", "left", true],
    ["max-width", "100%", true],
    ["inset", "4rem 1rem auto auto", true],
    ["padding", "1px 2px 1px calc(1px + (2px * 2))", true],
    ["translate", "-50% 0", true],
    ["border-radius", "1px 2px 2px 1px", true],
    ["inset-inline-start", "0", true],
    ["inset-inline", "0 1rem", true],
    ["border-start-end-radius", "1px", true],
    ["inset", "auto 0 1rem", false],
    ["padding", "1px calc(2px) 3px calc(2px)", false],
    ["border-radius", "16rem 16rem 2rem 2rem", false],
    ["margin-inline-start", "1rem", false],
    ["max-inline-size", "100%", false],
    ["text-align", "start", false],
    ["border-block-end", "1px solid", false],
    ["translate", "0 -300%", false],
  ];
  for (const [name, value, isPhysical] of ROWS) {
    test(`"${name}: ${value}" ${isPhysical ? "does not turn" : "turns"}`, () => {
      expect(findPhysical(name, value) !== "").toBe(isPhysical);
    });
  }
});
