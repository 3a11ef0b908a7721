import { describe, expect, test } from "bun:test";

import { createDemoCustomers } from "../../db/customers.ts";
import { DEMONSTRATION } from "../../src/pages/demo/demonstration.tsx";
import { one, parse, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

const CUSTOMERS = createDemoCustomers(45);
const { store, visitor } = await createFoyer({}, { pages: DEMONSTRATION });
await store.tables.customers.add(CUSTOMERS);
const ask = (query: string) => visitor().fragment(`/htmx/content.list.tbody${query}`);

/** The rows of an answer to "load more", and its out-of-band changes. */
async function readMore(query: string) {
  const response = await ask(query);
  expect(response.status).toBe(200);
  const html = await response.text();
  const document = parse(html);
  // The rows are parsed in a table, as htmx does.
  const cells = parse(`<table>${html}</table>`).querySelectorAll("tbody td.number");
  const numbers = [...cells].map((cell) => Number(cell.textContent));
  const next = document.querySelector("#load_more")?.getAttribute("hx-get") ?? null;
  return { numbers, next, count: one(document, "#customers_count").textContent };
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe("the list of customers", () => {
  test("starts with one page, a counter and a button", async () => {
    const response = await visitor().fragment("/htmx/content.list");
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const list = await parseResponse(response);
    expect(list.querySelectorAll("#customers tbody tr")).toHaveLength(20);
    expect(list.querySelector("tbody tr th")?.textContent).toBe(CUSTOMERS[0]?.name ?? "");
    expect(one(list, "#customers_count").textContent).toBe("Showing 20 of 45");
    expect(one(list, "#load_more").getAttribute("hx-target")).toBe("#customers");
    expect(one(list, "#load_more").textContent).toBe("Show 20 more");
    expect(list.querySelector("[hx-swap-oob]")).toBeNull();
  });

  test("has a table with a name, whose rows are cards on a phone", async () => {
    const list = await parseResponse(await visitor().fragment("/htmx/content.list"));
    expect(one(list, "caption").textContent).toBe("Customers, by number");
    const titles = [...list.querySelectorAll("th[scope=col]")].map((th) => th.textContent);
    expect(titles).toEqual(["Name", "Company", "City", "Customer since", "No."]);
    const since = one(list, "tbody tr:first-child time");
    expect(since.getAttribute("datetime")).toBe(CUSTOMERS[0]?.since ?? "");
    expect(since.textContent).toMatch(/^\d{1,2} [A-Z][a-z]+ \d{4}$/);
  });

  test("grows page by page until all customers are shown, each once", async () => {
    const seen: number[] = [];
    let next: string | null = "/htmx/content.list.tbody?skip=0&limit=20";
    while (next) {
      const more = await readMore(next.slice(next.indexOf("?")));
      seen.push(...more.numbers);
      expect(more.count).toBe(`Showing ${seen.length} of 45`);
      next = more.next;
    }
    expect(seen).toEqual(range(1, 45));
  });

  test("sends the counter and the button out of band", async () => {
    const html = await (await ask("?skip=20&limit=20")).text();
    const document = parse(html);
    const outOfBand = [...document.querySelectorAll("[hx-swap-oob]")].map((element) => [
      element.id,
      element.getAttribute("hx-swap-oob"),
    ]);
    // The counter is a live region, which stays.
    expect(outOfBand).toEqual([
      ["customers_count", "innerHTML"],
      ["customers_more", "true"],
    ]);
  });

  const PAGES: [query: string, first: number, last: number][] = [
    ["", 1, 20],
    ["?skip=0", 1, 20],
    ["?limit=1", 1, 1],
    ["?skip=44&limit=100", 45, 45],
    ["?skip=007&limit=02", 8, 9],
    ["?limit=100&skip=0&more=ignored", 1, 45],
    ["?skip=45&limit=10", 46, 45],
    ["?skip=1000000&limit=100", 46, 45],
  ];
  for (const [query, first, last] of PAGES) {
    test(`"${query}" shows ${first} to ${last}`, async () => {
      expect((await readMore(query)).numbers).toEqual(range(first, last));
    });
  }

  test("is drawn with the rows that its address names, in page and fragment alike", async () => {
    const list = await parseResponse(await visitor().fragment("/htmx/content.list?shown=40"));
    expect(list.querySelectorAll("#customers tbody tr")).toHaveLength(40);
    expect(one(list, "#load_more").getAttribute("hx-get")).toBe(
      "/htmx/content.list.tbody?skip=40&limit=5",
    );
    const all = await parseResponse(await visitor().fragment("/htmx/content.list?shown=1000"));
    expect(all.querySelectorAll("#customers tbody tr")).toHaveLength(45);
    const page = await (await visitor().send("/spa/content.list?shown=40")).text();
    expect(page).toContain(CUSTOMERS[39]?.name ?? "nobody");
  });

  test("keeps in its address how many rows are shown, at most 1,000", async () => {
    const addressAfter = async (query: string) => (await ask(query)).headers.get("hx-replace-url");
    expect(await addressAfter("?skip=20&limit=20")).toBe("/spa/content.list?shown=40");
    expect(await addressAfter("?skip=40&limit=20")).toBe("/spa/content.list?shown=45");
    expect((await ask("?skip=one")).headers.has("hx-replace-url")).toBe(false);
    const many = await createFoyer({}, { pages: DEMONSTRATION });
    await many.store.tables.customers.add(createDemoCustomers(1030));
    const last = await many.visitor().fragment("/htmx/content.list.tbody?skip=1000&limit=20");
    expect(last.headers.get("hx-replace-url")).toBe("/spa/content.list?shown=1000");
  });

  const WRONG_SHOWN = ["?shown=0", "?shown=1001", "?shown=", "?shown=x", "?shown=1&shown=2"];
  for (const query of WRONG_SHOWN) {
    test(`"${query}" is refused with 400`, async () => {
      const response = await visitor().fragment(`/htmx/content.list${query}`);
      expect(response.status).toBe(400);
    });
  }

  const WRONG = [
    "?skip=-1",
    "?skip=1000001",
    "?skip=99999999999999999999",
    "?skip=",
    "?skip=one",
    "?skip=1.5",
    "?skip=1e3",
    "?skip=0x10",
    "?skip=+1",
    "?skip=%201",
    "?skip=1%00",
    "?skip=١",
    "?skip=null",
    "?skip[]=1&skip=x",
    "?skip=1&skip=2",
    "?limit=0",
    "?limit=101",
    "?limit=-5",
    "?limit=",
    "?limit=ten",
    "?limit=1;drop table customers",
    "?limit=NaN",
    "?limit=Infinity",
    "?limit=10&limit=10",
  ];
  for (const query of WRONG) {
    test(`"${query}" gets 400 with the name of the parameter`, async () => {
      const response = await ask(query);
      expect(response.status).toBe(400);
      // Not a fragment: it must not be swapped into the table.
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      const problem = (await response.json()) as { code: string; parameter: string };
      expect(problem.code).toBe("bad_parameter");
      expect(["skip", "limit"]).toContain(problem.parameter);
    });
  }

  test("is a fragment: refused without HX-Request, and the rows are no page", async () => {
    const bare = await visitor().send("/htmx/content.list.tbody?skip=0&limit=1");
    expect(bare.status).toBe(400);
    expect(await codeOf(bare)).toBe("bad_parameter");
    expect((await visitor().send("/spa/content.list.tbody")).status).toBe(404);
  });

  test("can be read without JavaScript", async () => {
    for (const path of ["/spa/content.list", "/plain/content.list"]) {
      const page = await parseResponse(await visitor().send(path));
      const list = one(page, "#content_section");
      expect(list.textContent).toContain(CUSTOMERS[19]?.name ?? "nobody");
    }
  });

  test("says to admins how to add customers when there are none", async () => {
    const empty = await createFoyer({ ADMIN_EMAILS: ADA.email }, { pages: DEMONSTRATION });
    const ROWS: [person: typeof ADA | null, command: string | undefined][] = [
      [null, undefined],
      [GRACE, undefined],
      [ADA, "foyer seed"],
    ];
    for (const [person, command] of ROWS) {
      const reader = empty.visitor();
      if (person) await reader.signIn(person);
      const list = await parseResponse(await reader.fragment("/htmx/content.list"));
      expect(list.querySelector("table, button")).toBeNull();
      expect(one(list, ".card p:first-child").textContent).toBe("No customers yet");
      expect(list.querySelector("code")?.textContent).toBe(command);
    }
  });

  test("shows a name that looks like HTML as text", async () => {
    const foyer = await createFoyer({}, { pages: DEMONSTRATION });
    const name = '<img src=x onerror="alert(1)">&lt;';
    const company = "</td><script>alert(1)</script>";
    await foyer.store.tables.customers.add([
      { number: 1, name, company, city: name, since: "2024-05-31" },
    ]);
    const list = await parseResponse(await foyer.visitor().fragment("/htmx/content.list"));
    expect(list.querySelector("img, script")).toBeNull();
    expect(one(list, "tbody th").textContent).toBe(name);
    expect(list.querySelector("tbody td")?.textContent).toBe(company);
  });
});

describe("the store's customers", () => {
  test("are added once, even if added again", async () => {
    const foyer = await createFoyer({}, { pages: DEMONSTRATION });
    expect(await foyer.store.tables.customers.add(CUSTOMERS.slice(0, 30))).toBe(30);
    expect(await foyer.store.tables.customers.add(CUSTOMERS)).toBe(15);
    expect((await foyer.store.tables.customers.list({ skip: 0, limit: 100 })).total).toBe(45);
  });
});
