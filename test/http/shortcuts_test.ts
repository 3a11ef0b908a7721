import { describe, expect, test } from "bun:test";

import { createShortcuts, type Shortcut } from "../../src/http/shortcuts.ts";

const SHORTCUTS: [path: string, answer: Shortcut][] = [
  ["/ready", () => new Response("shortcut")],
  ["/later", async () => new Response("shortcut")],
  ["/left", () => null],
  ["/left/later", async () => null],
  [
    "/broken",
    () => {
      throw new Error("broken");
    },
  ],
  ["/broken/later", async () => Promise.reject(new Error("broken"))],
];

const ROWS: [path: string, query: string, answer: string][] = [
  ["/ready", "", "shortcut"],
  ["/ready", "?a=b", "shortcut"],
  ["/ready", `?${"a".repeat(1024)}`, "route"],
  ["/later", "", "shortcut"],
  ["/left", "", "route"],
  ["/left/later", "", "route"],
  ["/broken", "", "route: broken"],
  ["/broken/later", "", "route: broken"],
];

describe("a shortcut", () => {
  for (const [path, query, answer] of ROWS) {
    test(`answers ${path}${query.slice(0, 9)} by ${answer}`, async () => {
      const failures = new WeakMap<Request, Error>();
      const byRoute = (request: Request) =>
        new Response(["route", failures.get(request)?.message].filter(Boolean).join(": "));
      const shortcuts = createShortcuts(SHORTCUTS, { requestId: () => "the id", failures });
      const response = await shortcuts.get(path)?.(
        new Request(`http://localhost${path}${query}`),
        byRoute,
      );
      expect(await response?.text()).toBe(answer);
      // The route says it itself.
      expect(response?.headers.get("x-request-id")).toBe(answer === "shortcut" ? "the id" : null);
    });
  }
});
