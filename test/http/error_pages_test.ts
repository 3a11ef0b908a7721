import { describe, expect, test } from "bun:test";

import { type AnyElysia, Elysia, t } from "elysia";

import { DatabaseError } from "../../db/contract/store.ts";
import { readConfig } from "../../src/config.ts";
import { type RefusalCode, RefusedRequest, SecurityEventError } from "../../src/errors.ts";
import { UNCOUNTED } from "../../src/http/counts.ts";
import { errorPages } from "../../src/http/error_pages.tsx";
import { createRefusalLog } from "../../src/http/refusal_log.ts";
import { createRequestIds, sayRequestId } from "../../src/http/request_id.ts";
import { MACHINE } from "../../src/machine.ts";
import { createLineSink, createLog } from "../../src/process/log_sink.ts";
import { CLIENT, NO_ASSETS } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

const BRAND = readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client" }).brand;

/** An application of one route that throws `error`, and what it writes down. */
function createApp(error: unknown) {
  const logLines: string[] = [];
  const requestId = createRequestIds(MACHINE.random);
  const app: AnyElysia = new Elysia()
    .use(sayRequestId(requestId))
    .use(
      errorPages({
        sessionLimits: { sessionMaxAgeMs: 600_000, sessionLifetimeMs: 604_800_000 },
        limits: { refusalOf: () => null },
        clientOf: () => CLIENT,
        ends: { find: async () => null, forget: async () => {} },
        refusals: createRefusalLog({
          log: createLog(createLineSink((line) => logLines.push(line))),
          now: Date.now,
        }),
        requestId,
        counts: UNCOUNTED,
        unproved: new WeakSet(),
        origin: "http://localhost",
        standalone: {
          origin: "http://localhost",
          style: "",
          logo: null,
          icon: "data:,",
          policy: "",
        },
        page: { assets: NO_ASSETS, brand: BRAND, googleOrigin: null },
        titleOf: () => undefined,
        routes: () => app.routes,
      }),
    )
    .get("/throws", () => {
      throw error;
    })
    .get("/people/:id/sessions", () => "")
    .delete("/people/:id/sessions", () => "")
    .post("/json", ({ body }) => body, { parse: "json", body: t.Object({ n: t.Number() }) });
  return { app, logLines };
}

const SECRET = "a-secret-value";

describe("an error thrown by a route", () => {
  type Row = [
    what: string,
    error: unknown,
    status: number,
    code: RefusalCode,
    after: string | null,
  ];
  const other = Object.assign(new Error("x"), { code: "NOT_OURS", status: 200 });
  const ROWS: Row[] = [
    ["a refusal", new RefusedRequest("user_disabled"), 403, "user_disabled", null],
    ["the database's", new DatabaseError("SQLITE_BUSY"), 503, "database_unavailable", "5"],
    ["any other", new TypeError(SECRET), 500, "internal_error", null],
    ["one with a status of its own", other, 500, "internal_error", null],
  ];
  for (const [what, error, status, code, after] of ROWS) {
    test(`${what}: ${status} ${code}`, async () => {
      const { app, logLines } = createApp(error);
      const response = await app.handle(new Request("http://localhost/throws"));
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("vary")).toBe("Cookie");
      expect(response.headers.get("retry-after")).toBe(after);
      expect(response.headers.get("hx-trigger")).toBeNull();
      const body = await response.clone().text();
      expect(body).not.toContain(SECRET);
      expect(await codeOf(response)).toBe(code);
      expect(logLines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({
          level: status >= 500 ? "error" : "info",
          event: "refused",
          request: response.headers.get("x-request-id"),
          method: "GET",
          path: "/throws",
          status,
          code,
        }),
      ]);
    });
  }

  test("about a security event is told as RFC 8935 asks", async () => {
    const { app } = createApp(new SecurityEventError("invalid_key", "A sentence."));
    const response = await app.handle(new Request("http://localhost/throws"));
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("content-language")).toBe("en");
    expect(await response.json()).toEqual({ err: "invalid_key", description: "A sentence." });
  });
});

describe("a body that the route's own rules refuse", () => {
  const ROWS: [what: string, body: string][] = [
    ["no JSON", "{"],
    ["JSON of another shape", '{"n":"x"}'],
    ["nothing", ""],
  ];
  for (const [what, body] of ROWS) {
    test(`${what} is bad_parameter`, async () => {
      const headers = { "content-type": "application/json" };
      const request = new Request("http://localhost/json", { method: "POST", headers, body });
      const response = await createApp(null).app.handle(request);
      expect(response.status).toBe(400);
      expect(await codeOf(response)).toBe("bad_parameter");
    });
  }
});

describe("a path", () => {
  const ROWS: [method: string, path: string, allow: string | null][] = [
    ["PUT", "/people/1/sessions", "GET, HEAD, DELETE"],
    ["PUT", "/people/%2F/sessions", "GET, HEAD, DELETE"],
    ["PUT", "/people//sessions", null],
    ["PUT", "/people/1/2/sessions", null],
    ["PUT", "/people/1", null],
    ["PUT", "/people/1/sessions/", null],
    ["PUT", "/People/1/sessions", null],
    ["PUT", "/json", "POST"],
    ["GET", "/json", "POST"],
    ["GET", "/:id", null],
  ];
  for (const [method, path, allow] of ROWS) {
    test(`${method} ${path} is ${allow ? "another method's" : "no route's"}`, async () => {
      const request = new Request(`http://localhost${path}`, { method });
      const response = await createApp(null).app.handle(request);
      expect(response.status).toBe(allow ? 405 : 404);
      expect(response.headers.get("allow")).toBe(allow);
      expect(await codeOf(response)).toBe(allow ? "method_not_allowed" : "not_found");
    });
  }
});

describe("a page whose session is over", () => {
  const OVER = new RefusedRequest("not_signed_in");
  const ANOTHER = new RefusedRequest("signed_in_as_another");
  const cookie = "session_id=x";
  const ROWS: [error: RefusedRequest, headers: Record<string, string>, isTold: boolean][] = [
    [OVER, { cookie }, true],
    [OVER, {}, false],
    [OVER, { cookie: "session_id2=x" }, false],
    [OVER, { cookie: "__Host-Http-session_id=x" }, false],
    [OVER, { cookie, "x-background": "1" }, false],
    [OVER, { cookie, "x-background": "0" }, true],
    [ANOTHER, {}, true],
    [ANOTHER, { cookie, "x-background": "1" }, true],
    [new RefusedRequest("user_disabled"), { cookie }, false],
    [new RefusedRequest("not_found"), { cookie }, false],
  ];
  for (const [error, headers, isTold] of ROWS) {
    test(`is ${isTold ? "" : "not "}told so: ${error.code} ${JSON.stringify(headers)}`, async () => {
      const request = new Request("http://localhost/throws", { headers });
      const response = await createApp(error).app.handle(request);
      expect(response.headers.get("hx-trigger")).toBe(isTold ? "LoginStatusChange" : null);
    });
  }
});
