import { describe, expect, test } from "bun:test";

import { type Shortcut, takeShortcuts } from "../../src/http/shortcuts.ts";

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

const ROWS: [request: string, answer: string][] = [
  ["GET /ready", "shortcut"],
  ["GET /ready?a=b", "shortcut"],
  ["GET /later", "shortcut"],
  ["HEAD /ready", "route"],
  ["POST /ready", "route"],
  ["GET /ready/", "route"],
  ["GET /READY", "route"],
  ["GET /%72eady", "route"],
  [`GET /ready?${"a".repeat(1024)}`, "route"],
  ["GET /unknown", "route"],
  ["GET /constructor", "route"],
  ["GET /left", "route"],
  ["GET /left/later", "route"],
  ["GET /broken", "route: broken"],
  ["GET /broken/later", "route: broken"],
];

describe("a shortcut", () => {
  for (const [asked, answer] of ROWS) {
    test(`answers ${asked.slice(0, 40)} by ${answer}`, async () => {
      const failures = new WeakMap<Request, Error>();
      const handle = (request: Request) =>
        new Response(["route", failures.get(request)?.message].filter(Boolean).join(": "));
      const take = takeShortcuts(handle, {
        shortcuts: new Map(SHORTCUTS),
        requestId: () => "the id",
        failures,
      });
      const [method = "", path] = asked.split(" ");
      const response = await take(new Request(`http://localhost${path}`, { method }));
      expect(await response.text()).toBe(answer);
      // The route says it itself.
      expect(response.headers.get("x-request-id")).toBe(answer === "shortcut" ? "the id" : null);
    });
  }
});
