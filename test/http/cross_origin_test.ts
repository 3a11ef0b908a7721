import { describe, expect, test } from "bun:test";

import { Elysia } from "elysia";

import { type RefusalCode, RefusedRequest } from "../../src/errors.ts";
import { crossOrigin, isOwnRequest, requireRecordableExport } from "../../src/http/cross_origin.ts";
import { PATHS } from "../../src/paths.ts";

const OWN = "https://app.example.com";
const OTHER = "https://evil.example";

/** The two headers by which browsers say where a request comes from. */
function createRequest(
  method: string,
  { site, origin, path = "/auth/login" }: { site?: string; origin?: string; path?: string },
): Request {
  const headers = {
    ...(site === undefined ? {} : { "sec-fetch-site": site }),
    ...(origin === undefined ? {} : { origin }),
  };
  return new Request(`http://localhost${path}`, { method, headers });
}

describe("isOwnRequest", () => {
  const ROWS: [site: string | undefined, origin: string | undefined, expected: boolean][] = [
    ["same-origin", undefined, true],
    ["none", undefined, true],
    ["same-origin", OWN, true],
    ["same-origin", "null", true],
    // Where a browser sends both, the one that no page can influence counts.
    ["same-origin", OTHER, true],
    ["none", OTHER, true],
    ["same-site", undefined, false],
    ["cross-site", undefined, false],
    ["same-site", OWN, false],
    ["cross-site", OWN, false],
    ["", undefined, false],
    ["", OWN, false],
    ["Same-Origin", OWN, false],
    ["same-origin, same-origin", OWN, false],
    ["same-origin;x", OWN, false],
    ["same-originx", OWN, false],
    ["unknown", OWN, false],
    [undefined, OWN, true],
    [undefined, undefined, false],
    [undefined, "", false],
    [undefined, "null", false],
    [undefined, OTHER, false],
    [undefined, `${OWN}/`, false],
    [undefined, `${OWN}:443`, false],
    [undefined, `${OWN}.evil.example`, false],
    [undefined, `${OWN}, ${OTHER}`, false],
    [undefined, `${OTHER} ${OWN}`, false],
    [undefined, OWN.toUpperCase(), false],
    [undefined, OWN.replace("https", "http"), false],
    [undefined, "https://sub.app.example.com", false],
    [undefined, "https://example.com", false],
    [undefined, "app.example.com", false],
  ];
  for (const [site, origin, expected] of ROWS) {
    const where = `Sec-Fetch-Site "${site ?? ""}" and Origin "${origin ?? ""}"`;
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "patch"]) {
      test(`says of ${method} with ${where}: ${expected}`, () => {
        expect(isOwnRequest(createRequest(method, { site, origin }), OWN)).toBe(expected);
      });
    }
  }

  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    test(`takes ${method} from anywhere`, () => {
      const request = createRequest(method, { site: "cross-site", origin: OTHER });
      expect(isOwnRequest(request, OWN)).toBe(true);
    });
  }
});

describe("crossOrigin", () => {
  const app = new Elysia()
    .use(crossOrigin({ origin: OWN }))
    .onError(({ error }) => (error instanceof RefusedRequest ? error.code : String(error)))
    .all("/*", () => "taken");

  const ROWS: [path: string, isTaken: boolean][] = [
    [PATHS.callback, true],
    [PATHS.risc, true],
    [`${PATHS.callback}?x=1`, true],
    [`${PATHS.risc}?`, true],
    [`/auth/../auth/callback`, true],
    [`${PATHS.callback}/`, false],
    [`${PATHS.callback}/x`, false],
    [`${PATHS.callback}x`, false],
    [`${PATHS.callback}%20`, false],
    [`${PATHS.callback};x`, false],
    ["/auth/callback%3Fx", false],
    ["/AUTH/callback", false],
    ["/auth/%63allback", false],
    ["//auth/callback", false],
    ["/auth//callback", false],
    ["/x/auth/callback", false],
    [`/auth/login?${PATHS.callback}`, false],
    [`${PATHS.callback}/../login`, false],
    [PATHS.login, false],
    [PATHS.logout, false],
    ["/", false],
    ["/nothing", false],
  ];
  for (const [path, isTaken] of ROWS) {
    test(`${isTaken ? "takes" : "refuses"} a post from another site to ${path}`, async () => {
      const request = createRequest("POST", { site: "cross-site", origin: OTHER, path });
      expect(await (await app.handle(request)).text()).toBe(isTaken ? "taken" : "cross_origin");
    });
    test(`takes a post of our own to ${path}`, async () => {
      const request = createRequest("POST", { site: "same-origin", path });
      expect(await (await app.handle(request)).text()).toBe("taken");
    });
  }
});

describe("requireRecordableExport", () => {
  const ROWS: [method: string, site: string | undefined, code: RefusalCode | null][] = [
    ["GET", undefined, null],
    ["GET", "none", null],
    ["GET", "same-origin", null],
    ["GET", "same-site", "cross_origin"],
    ["GET", "cross-site", "cross_origin"],
    ["GET", "", "cross_origin"],
    ["GET", "SAME-ORIGIN", "cross_origin"],
    ["HEAD", undefined, "method_not_allowed"],
    ["HEAD", "same-origin", "method_not_allowed"],
    ["HEAD", "cross-site", "cross_origin"],
    ["OPTIONS", "none", "method_not_allowed"],
    ["POST", "same-origin", "method_not_allowed"],
  ];
  for (const [method, site, code] of ROWS) {
    test(`${method} with Sec-Fetch-Site ${site}: ${code ?? "taken"}`, () => {
      const request = createRequest(method, { site });
      const check = () => requireRecordableExport(request, { origin: OWN });
      if (code === null) return expect(check).not.toThrow();
      const headers = code === "method_not_allowed" ? { Allow: "GET" } : {};
      expect(check).toThrow(expect.objectContaining({ name: "RefusedRequest", code, headers }));
    });
  }

  // Browsers that know no Sec-Fetch-Site.
  const OLD: [header: "origin" | "referer", value: string, isTaken: boolean][] = [
    ["referer", `${OWN}/spa/account`, true],
    ["referer", OWN, true],
    ["referer", `${OTHER}/`, false],
    ["referer", `${OTHER}/?${OWN}/`, false],
    ["referer", `${OWN}.evil.example/`, false],
    ["referer", "http://app.example.com/", false],
    ["referer", "app.example.com", false],
    ["referer", "", false],
    ["origin", OWN, true],
    ["origin", OTHER, false],
    ["origin", "null", false],
  ];
  for (const [header, value, isTaken] of OLD) {
    test(`GET with ${header} "${value}" and nothing else: ${isTaken ? "taken" : "refused"}`, () => {
      const request = new Request("http://localhost/x", { headers: { [header]: value } });
      const check = () => requireRecordableExport(request, { origin: OWN });
      if (isTaken) expect(check).not.toThrow();
      else expect(check).toThrow(expect.objectContaining({ code: "cross_origin" }));
    });
  }

  test("Sec-Fetch-Site counts before what a page can influence", () => {
    const headers = { "sec-fetch-site": "same-origin", referer: OTHER };
    const request = new Request("http://localhost/x", { headers });
    expect(() => requireRecordableExport(request, { origin: OWN })).not.toThrow();
  });
});
