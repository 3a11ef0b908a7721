import { describe, expect, test } from "bun:test";

import type { Document } from "happy-dom";

import { one, parseResponse } from "../dom.ts";
import { ADA, GRACE, KATHERINE } from "../fixture.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

const PEOPLE = "/htmx/admin.people";

describe("the list of people", () => {
  const QUERIES = [
    "?sort=hash",
    "?sort=name&sort=name",
    "?filter=nobody",
    "?reverse=yes",
    "?page=0",
    "?page=x",
    `?q=${"x".repeat(101)}`,
    "?person=a&person=b",
  ];
  for (const query of QUERIES) {
    test(`refuses ${query.slice(0, 30)}`, async () => {
      const { ada } = await createAdminScene();
      expect((await ada.fragment(`${PEOPLE}${query}`)).status).toBe(400);
    });
  }

  /** Ada, Grace, and 110 more. */
  async function createCrowd() {
    const scene = await createAdminScene();
    for (let number = 0; number < 110; number += 1) {
      const name = `${number % 2 ? "zoe" : "Zoe"} ${number % 7}`;
      const email = `z${number}@gmail.com`;
      const person = { sub: `9${number}`, name, email, emailVerified: true, hasPicture: false };
      await scene.visitor().signIn(person);
    }
    return scene;
  }

  test("goes through its pages and back, each person exactly once, and counts", async () => {
    const { ada } = await createCrowd();
    for (const query of ["", "sort=email", "sort=created&reverse=1", "q=zoe&sort=signed_in"]) {
      const total = query.startsWith("q=") ? 110 : 112;
      const seen: string[] = [];
      const ranges: string[] = [];
      let next: string | null = `${PEOPLE}?${query}`;
      let last = "";
      while (next) {
        last = next;
        const page = await parseResponse(await ada.fragment(next));
        seen.push(...[...page.querySelectorAll("td.email")].map((cell) => cell.textContent));
        ranges.push(one(page, "#people_count").textContent ?? "");
        next = linkOf(page, "Next");
      }
      expect(ranges).toEqual([
        `1–50 of ${total}`,
        `51–100 of ${total}`,
        `101–${total} of ${total}`,
      ]);
      expect(new Set(seen).size).toBe(total);
      expect(seen).toHaveLength(total);
      const end = await parseResponse(await ada.fragment(last));
      expect(linkOf(end, "Previous")).toContain("page=2");
    }
    const past = await parseResponse(await ada.fragment(`${PEOPLE}?page=99`));
    expect(one(past, "#people_count").textContent).toBe("101–112 of 112");
  });

  test("links each column to its order, and the sorted one to the reverse", async () => {
    const { ada } = await createAdminScene();
    const read = async (query: string) => {
      const page = await parseResponse(await ada.fragment(`${PEOPLE}${query}`));
      const sorted = one(page, "[aria-sort]");
      return [
        sorted.textContent,
        sorted.getAttribute("aria-sort"),
        linkOf(page, sorted.textContent ?? ""),
      ];
    };
    const link = (query: string) => `${PEOPLE}?${query}`;
    expect(await read("")).toEqual(["Name", "ascending", link("sort=name&reverse=1")]);
    expect(await read("?sort=name&reverse=1")).toEqual(["Name", "descending", link("sort=name")]);
    const last = ["Last sign-in", "descending", link("filter=active&sort=signed_in&reverse=1")];
    expect(await read("?sort=signed_in&filter=active")).toEqual(last);
    expect((await read("?sort=signed_in&reverse=1"))[1]).toBe("ascending");
  });

  test("filters, and says how many people each filter shows", async () => {
    const { ada, graceId, visitor } = await createAdminScene();
    await visitor().signIn(KATHERINE);
    await act(ada, "PUT", person(graceId, "/disabled"));
    const filters = async (query: string) => {
      const page = await parseResponse(await ada.fragment(`${PEOPLE}${query}`));
      const names = [...page.querySelectorAll("tbody th bdi")].map((name) => name.textContent);
      return [names, [...page.querySelectorAll(".tabs[aria-label] a")].map((a) => a.textContent)];
    };
    const counts = ["All 3", "Active 2", "Admins 1", "Disabled 1"];
    expect(await filters("?filter=disabled")).toEqual([[GRACE.name], counts]);
    expect(await filters("?filter=admins")).toEqual([[ADA.name], counts]);
    const plain = ["All", "Active", "Admins", "Disabled"];
    expect(await filters("?filter=active&q=KATHER")).toEqual([[KATHERINE.name], plain]);
  });

  test("says when nobody matches, and what to do", async () => {
    const { ada } = await createAdminScene();
    const page = await parseResponse(await ada.fragment(`${PEOPLE}?q=okaffor&filter=active`));
    expect(one(page, "#people_count").textContent).toBe("No one matches “okaffor”");
    expect(one(page, ".card").textContent).toContain("Check the spelling");
    expect(page.querySelector("table")).toBeNull();
    expect(one(page, "#people_search").getAttribute("value")).toBe("okaffor");
    expect(one(page, "input[name=filter]").getAttribute("value")).toBe("active");
  });

  /** Where the link with this text leads. */
  function linkOf(page: Document, text: string): string | null {
    const links = [...page.querySelectorAll("a[hx-get]")];
    return links.find((link) => link.textContent === text)?.getAttribute("hx-get") ?? null;
  }
});
