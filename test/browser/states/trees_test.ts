import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";

import { EN } from "../../../views/words/en.ts";
import { treeFile, TREES } from "./accessibility_tree.ts";
import { STATES } from "./states.ts";

const states = Object.values(STATES).flat();
const trees = states.map((state) => {
  const tree = readFileSync(treeFile(state.name), "utf8");
  return { ...state, tree, title: /^RootWebArea "(.*)"/.exec(tree)?.[1] ?? "" };
});

describe("the accessibility trees that are kept", () => {
  test("are those of all states, and no others", () => {
    expect(new Set(states.map(({ name }) => name)).size).toBe(states.length);
    const files = readdirSync(TREES).toSorted();
    expect(files).toEqual(states.map(({ name }) => `${name}.txt`).toSorted());
  });

  test("have a title that no page at another address has", () => {
    for (const [title, same] of Map.groupBy(trees, (tree) => tree.title)) {
      expect(title).toEndWith(" · Foyer");
      // Where a session ends, that is what any page is about.
      if (title.startsWith(EN.signedOut.title)) continue;
      // The page is the same without script, and with another search.
      const pages = same.map(({ path }) => path.replace("/plain/", "/spa/").split("?")[0]);
      expect({ title, pages: [...new Set(pages)] }).toEqual({ title, pages: [pages[0]] });
    }
  });

  test.each(trees)("$name has one main part and one first heading", ({ tree }) => {
    // What is behind a dialog is not there.
    const wanted = tree.includes("[modal]") ? 0 : 1;
    expect(tree.match(/^ +main\b/gm) ?? []).toHaveLength(wanted);
    expect(tree.match(/^ +heading .*level=1/gm) ?? []).toHaveLength(wanted);
  });
});
