import { describe, expect, test } from "bun:test";

import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts";
import { readConfig } from "../../src/config.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, GRACE, setDisabled } from "../fixture.ts";

const assets = createAssets(buildAssets(), readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client" }).brand);
const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email }, { assets });
// Now it has keys, and is ready.
await foyer.visitor().signIn(GRACE);

describe("X-Answered-By", () => {
  const OWN = { "sec-fetch-site": "same-origin" };
  const HTMX = { ...OWN, "hx-request": "true" };
  const ROWS: [method: string, path: string, headers: Record<string, string>, status: number][] = [
    ["GET", "/", OWN, 302],
    ["GET", "/spa", OWN, 200],
    ["GET", "/spa/content.list", OWN, 200],
    ["GET", "/spa/nothing", OWN, 404],
    ["GET", PATHS.navbar, HTMX, 200],
    ["HEAD", PATHS.navbar, HTMX, 200],
    ["GET", PATHS.navbar, OWN, 400],
    ["GET", "/htmx/content.top", HTMX, 200],
    ["GET", "/htmx/content.secret1", HTMX, 401],
    ["GET", "/htmx/nothing", HTMX, 404],
    ["GET", PATHS.isAuthenticated, OWN, 401],
    ["GET", PATHS.events, OWN, 204],
    ["GET", PATHS.google, OWN, 303],
    ["GET", PATHS.health, OWN, 200],
    ["GET", PATHS.ready, OWN, 200],
    ["GET", assets.script, OWN, 200],
    ["GET", "/assets/nothing", OWN, 404],
    ["POST", PATHS.login, OWN, 415],
    ["POST", PATHS.login, { ...OWN, "content-length": "65537" }, 413],
    ["POST", PATHS.logout, OWN, 200],
    ["POST", PATHS.logout, { "sec-fetch-site": "cross-site" }, 403],
    ["DELETE", PATHS.accountSessions, HTMX, 401],
    ["PUT", PATHS.page, OWN, 405],
  ];
  for (const [method, path, headers, status] of ROWS) {
    test(`is on the answer ${status} to ${method} ${path}`, async () => {
      const request = new Request(`http://localhost${path}`, { method, headers });
      const response = await foyer.app.handle(request);
      expect(response.status).toBe(status);
      expect(response.headers.get("x-answered-by")).toBe("application");
    });
  }

  test("is on the answer when the database fails", async () => {
    const broken = await createFoyer();
    await broken.store.close();
    const headers = { ...HTMX, cookie: `session_id=${"A".repeat(43)}` };
    const request = new Request("http://localhost/htmx/content.top", { headers });
    const response = await broken.app.handle(request);
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(response.headers.get("x-answered-by")).toBe("application");
  });
});

describe("X-Answered-For", () => {
  const answeredFor = async (path: string, visitor: ReturnType<typeof foyer.visitor>) => {
    const response = await visitor.fragment(path);
    return [response.status, response.headers.get("x-answered-for")];
  };

  test("names the person and their rights on every part, also on a refused one", async () => {
    const [ada, grace] = [foyer.visitor(), foyer.visitor()];
    expect(await answeredFor(PATHS.navbar, ada)).toEqual([200, null]);
    expect(await answeredFor("/htmx/content.secret1", ada)).toEqual([401, null]);

    await ada.signIn(ADA);
    await grace.signIn(GRACE);
    const idOf = async (email: string) => (await foyer.store.findPeopleByEmail(email))[0]?.id ?? "";
    const adaId = await idOf(ADA.email);
    const graceId = await idOf(GRACE.email);
    expect(await answeredFor(PATHS.navbar, ada)).toEqual([200, `${adaId} admin`]);
    expect(await answeredFor("/htmx/content.top", ada)).toEqual([200, `${adaId} admin`]);
    expect(await answeredFor(PATHS.navbar, grace)).toEqual([200, graceId]);
    expect(await answeredFor("/htmx/admin", grace)).toEqual([403, graceId]);
    expect(await answeredFor(PATHS.isAuthenticated, grace)).toEqual([200, graceId]);

    await setDisabled(foyer, { userId: graceId, isDisabled: true });
    expect(await answeredFor(PATHS.navbar, grace)).toEqual([200, `${graceId} disabled`]);
    expect(await answeredFor("/htmx/content.secret1", grace)).toEqual([403, `${graceId} disabled`]);
  });

  test("is missing on answers that everybody shares, and when the session is over", async () => {
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    for (const path of ["/spa", assets.script]) {
      expect((await visitor.send(path)).headers.has("x-answered-for")).toBe(false);
    }
    foyer.clock.pass(86_400_000);
    expect(await answeredFor(PATHS.navbar, visitor)).toEqual([200, null]);
  });
});
