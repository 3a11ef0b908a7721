import { describe, expect, test } from "bun:test";

import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer } from "../fixture.ts";

const NEEDS_SOURCE = "Signing in needs a browser that says where its requests come from.";
const ROOM = "/plain/content.secret1";

describe("a page for browsers without script", () => {
  const ROWS: [path: string, headers: Record<string, string>, status: number, isTold: boolean][] = [
    ["/plain/content.top", { "sec-fetch-site": "none" }, 200, false],
    ["/plain/content.top", {}, 200, true],
    [ROOM, { "sec-fetch-site": "none" }, 401, false],
    [ROOM, { "sec-fetch-site": "cross-site" }, 401, false],
    // Lynx shows no answer of 401, and cannot sign in.
    [ROOM, {}, 403, true],
    ["/plain/nothing", {}, 404, false],
  ];
  for (const [path, headers, status, isTold] of ROWS) {
    test(`answers ${status} at ${path} to ${JSON.stringify(headers)}`, async () => {
      const { app } = await createFoyer();
      const response = await app.handle(new Request(`http://localhost${path}`, { headers }));
      expect(response.status).toBe(status);
      expect((await response.text()).includes(NEEDS_SOURCE)).toBe(isTold);
    });
  }

  test("says nothing of signing in to who is signed in", async () => {
    const { app, visitor } = await createFoyer();
    const ada = visitor();
    await ada.signIn(ADA);
    const headers = { cookie: `session_id=${ada.sessionToken}` };
    const response = await app.handle(new Request(`http://localhost${ROOM}`, { headers }));
    expect(response.status).toBe(200);
    const page = await parseResponse(response);
    expect(one(page, "nav bdi").textContent).toBe(ADA.name);
    expect(page.body.innerHTML).not.toContain(NEEDS_SOURCE);
  });
});
