import { expect, test } from "bun:test";

import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts";
import { readConfig } from "../../src/config.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer } from "../fixture.ts";
import { act } from "../routes/admin_scene.ts";

const { brand } = readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client" });
const assets = createAssets(buildAssets(), brand);
const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email }, { assets });

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const OWN = { "sec-fetch-site": "same-origin" };
const HTMX = { ...OWN, "hx-request": "true" };

test.each<[method: string, path: string, headers: Record<string, string>, status: number]>([
  ["GET", "/", OWN, 302],
  ["GET", "/spa", OWN, 200],
  ["HEAD", "/spa", OWN, 200],
  ["GET", "/spa/nothing", OWN, 404],
  ["GET", "/plain/content.top", OWN, 200],
  ["GET", PATHS.navbar, HTMX, 200],
  ["GET", PATHS.navbar, OWN, 400],
  ["GET", "/htmx/content.secret1", HTMX, 401],
  ["GET", PATHS.events, OWN, 204],
  ["GET", PATHS.google, OWN, 303],
  ["GET", PATHS.health, OWN, 200],
  ["GET", assets.script, OWN, 200],
  ["GET", assets.script, { ...OWN, "accept-encoding": "br" }, 200],
  ["GET", "/favicon.ico", OWN, 302],
  ["POST", PATHS.login, OWN, 415],
  ["POST", PATHS.login, { ...OWN, "content-length": "65537" }, 413],
  ["POST", PATHS.logout, { "sec-fetch-site": "cross-site" }, 403],
  ["POST", PATHS.risc, OWN, 400],
  ["PUT", "/spa", OWN, 405],
  ["GET", `/${"a".repeat(2000)}`, OWN, 404],
])("%s %s has an id of its own", async (method, path, headers, status) => {
  const ids = new Set<string>();
  for (let round = 0; round < 2; round += 1) {
    const claimed = { ...headers, "x-request-id": "claimed-by-the-client" };
    const request = new Request(`http://localhost${path}`, { method, headers: claimed });
    const response = await foyer.app.handle(request);
    expect(response.status).toBe(status);
    ids.add(response.headers.get("x-request-id") ?? "");
  }
  expect(ids.size).toBe(2);
  for (const id of ids) expect(id).toMatch(UUID);
});

test("the lines about a request have its id, and the address of the client", async () => {
  const { visitor, logLines } = foyer;
  const ada = visitor();
  const answers = {
    signed_in: await ada.signIn(ADA),
    exported: await ada.send(PATHS.accountExport),
    refused: await ada.send("/nothing"),
    admin_act: await act(ada, "POST", PATHS.invitations, { email: "new@example.com" }),
    signed_out: await ada.post(PATHS.logout),
  };
  const lines = logLines.map((line) => JSON.parse(line));
  for (const [event, response] of Object.entries(answers)) {
    const line = lines.findLast((one) => one.event === event);
    const request = response.headers.get("x-request-id");
    expect(line).toMatchObject({ request, address: "203.0.113.7" });
  }
});

test("an event stream has an id", async () => {
  const ada = foyer.visitor();
  await ada.signIn(ADA);
  const stream = await ada.send(PATHS.events);
  expect(stream.status).toBe(200);
  expect(stream.headers.get("x-request-id")).toMatch(UUID);
  await stream.body?.cancel();
});
