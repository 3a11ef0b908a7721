import { afterAll, describe, expect, test } from "bun:test";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA } from "../fixture.ts";
import { signInAt } from "./session.ts";

const PAGE = "https://app.example";
const google = await startGoogleStandIn({ port: 0, clientIds: ["known"], origins: [PAGE] });
afterAll(() => google.stop());
const cookie = await signInAt(google.origin, ADA.email);

const at = (path: string, query: Record<string, string> = {}) =>
  new URL(`${path}?${new URLSearchParams(query)}`, google.origin);
const flow = { client_id: "known", origin: PAGE, channel: "c" };
const link = {
  client_id: "known",
  redirect_uri: `${PAGE}/callback`,
  response_type: "id_token",
  scope: "openid",
  nonce: "n",
};

describe("registered clients and origins", () => {
  test("get tokens", async () => {
    for (const [path, query] of [
      ["/gsi/select", flow],
      ["/gsi/prompt", flow],
      ["/o/oauth2/v2/auth", link],
    ] as const) {
      expect((await fetch(at(path, query), { headers: { Cookie: cookie } })).status).toBe(200);
    }
    const status = await fetch(at("/gsi/status"), { headers: { Origin: PAGE, Cookie: cookie } });
    expect(status.status).toBe(200);
    expect((await assert({})).status).toBe(200);
  });

  test.each([
    ["another client", { client_id: "other" }, "The given client ID is not found."],
    ["no client", { client_id: "" }, "The given client ID is not found."],
    ["an inherited name", { client_id: "toString" }, "The given client ID is not found."],
    ["a local page", { origin: "http://localhost:3000" }, "The given origin is not allowed"],
    ["another port", { origin: `${PAGE}:8443` }, "The given origin is not allowed"],
    ["another case", { origin: "https://APP.example" }, "The given origin is not allowed"],
    ["a path", { origin: `${PAGE}/` }, "The given origin is not allowed"],
  ])("leave out %s", async (_name, fields, reason) => {
    for (const path of ["/gsi/select", "/gsi/prompt"]) {
      const answer = await fetch(at(path, { ...flow, ...fields }), { headers: { Cookie: cookie } });
      expect(answer.status).toBe(403);
      expect(one(await parseResponse(answer), "main").textContent).toContain(reason);
    }
  });

  test.each([
    [{ client_id: "other" }, "Error 401: invalid_client"],
    [{ redirect_uri: "http://localhost:3000/callback" }, "Error 400: redirect_uri_mismatch"],
  ])("leave out an authorization request with %j", async (fields, reason) => {
    const answer = await fetch(at("/o/oauth2/v2/auth", { ...link, ...fields }));
    expect(answer.status).toBe(403);
    expect(one(await parseResponse(answer), "main").textContent).toContain(reason);
  });

  test("leave out other pages and clients with FedCM", async () => {
    for (const refused of [
      await assert({ client_id: "other" }),
      await assert({}, "http://localhost:3000"),
      await describeClient("other"),
      await describeClient("known", "http://localhost:3000"),
    ]) {
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ error: { error: "unauthorized_client" } });
    }
    expect((await describeClient("known")).status).toBe(200);
  });

  const BROWSER = { "Sec-Fetch-Dest": "webidentity" };

  function assert(fields: Record<string, string>, origin = PAGE): Promise<Response> {
    return fetch(at("/gsi/fedcm/id_assertion"), {
      method: "POST",
      headers: { ...BROWSER, Origin: origin, Cookie: cookie },
      body: new URLSearchParams({ client_id: "known", account_id: ADA.sub, ...fields }),
    });
  }

  function describeClient(client_id: string, origin = PAGE): Promise<Response> {
    const headers = { ...BROWSER, Origin: origin };
    return fetch(at("/gsi/fedcm/client_metadata", { client_id }), { headers });
  }
});
