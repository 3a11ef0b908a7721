import { expect, test } from "bun:test";

import { createFoyer } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

const name = (length: number) => "a".repeat(length - "/spa/".length);

const ROWS: [what: string, path: string, status: number, code: string][] = [
  ["a path of 1 KiB", `/spa/${name(1024)}`, 404, "not_found"],
  ["a longer one", `/spa/${name(1025)}`, 404, "not_found"],
  ["a path of slashes", `/${"/".repeat(15_500)}`, 404, "not_found"],
  ["a query of 4 KiB", `/htmx/content.top?${"a".repeat(4095)}`, 200, ""],
  ["a longer one", `/htmx/content.top?${"a".repeat(4096)}`, 400, "bad_parameter"],
  [
    "a path of 1 KiB with a query of 4 KiB",
    `/${"a".repeat(1023)}?${"a".repeat(4095)}`,
    404,
    "not_found",
  ],
];

for (const [what, path, status, code] of ROWS) {
  test(`${what}: ${status}`, async () => {
    const foyer = await createFoyer();
    const headers = { "hx-request": path.startsWith("/htmx") ? "true" : "false" };
    const response = await foyer.visitor().send(path, { headers });
    expect(response.status).toBe(status);
    const lines = foyer.logLines.map((line) => JSON.parse(line));
    expect(lines.map((line) => line.code ?? "")).toEqual(code ? [code] : []);
    expect(
      lines.every((line) => line.path.length <= 200 && path.startsWith(line.path.replace("…", ""))),
    ).toBe(true);
  });
}

test("the refusal of a page with a long path is a page, and short", async () => {
  const response = await (await createFoyer()).visitor().send(`/spa/${"/".repeat(15_000)}`);
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect((await response.text()).length).toBeLessThan(10_000);
});

test("the refusal of a long path is a problem document for everybody else", async () => {
  const response = await (await createFoyer()).visitor().send(`/x${name(2000)}`);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await codeOf(response)).toBe("not_found");
});
