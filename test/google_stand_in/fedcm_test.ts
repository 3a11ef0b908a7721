import { afterAll, afterEach, describe, expect, test } from "bun:test";

import { createRemoteJWKSet, jwtVerify } from "jose";

import { IDP_ERRORS } from "../../src/google_stand_in/fedcm_request.ts";
import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, CLIENT_ID, GRACE } from "../fixture.ts";
import { signInAt } from "./session.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());
afterEach(() => google.play({}));

const ORIGIN = "http://localhost:3000";
const cookie = await signInAt(google.origin, ADA.email);
const BROWSER = { "Sec-Fetch-Dest": "webidentity" };
const PAGE = { ...BROWSER, Origin: ORIGIN, Cookie: cookie };

const PARAMS = {
  response_type: "id_token",
  scope: "email profile openid",
  ss_domain: ORIGIN,
  nonce: "n",
};
const FIELDS = {
  client_id: CLIENT_ID,
  account_id: ADA.sub,
  is_auto_selected: "false",
  disclosure_text_shown: "true",
  params: JSON.stringify(PARAMS),
};

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, google.origin), { headers });
const post = (path: string, fields: Record<string, string>, headers: HeadersInit = PAGE) =>
  fetch(new URL(path, google.origin), {
    method: "POST",
    headers,
    body: new URLSearchParams(fields),
  });
const assertion = (fields: Record<string, string> = {}, headers?: HeadersInit) =>
  post("/gsi/fedcm/id_assertion", { ...FIELDS, ...fields }, headers);

/** The CORS headers of an answer. */
function readCors({ headers }: Response) {
  return ["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"].map((name) =>
    headers.get(name),
  );
}

describe("the FedCM endpoints", () => {
  test("the well-known file names the configuration, the accounts and the sign-in page", async () => {
    const at = (path: string) => new URL(path, google.origin).href;
    const answer = await get("/.well-known/web-identity");
    expect(answer.headers.get("content-type")).toStartWith("application/json");
    expect(await answer.json()).toEqual({
      provider_urls: [at("/gsi/fedcm.json")],
      accounts_endpoint: at("/gsi/fedcm/accounts"),
      login_url: at("/signin"),
    });
  });

  test("the configuration names all endpoints", async () => {
    const answer = await get("/gsi/fedcm.json");
    expect(answer.headers.get("content-type")).toStartWith("application/json");
    expect(await answer.json()).toEqual({
      accounts_endpoint: "/gsi/fedcm/accounts",
      client_metadata_endpoint: "/gsi/fedcm/client_metadata",
      id_assertion_endpoint: "/gsi/fedcm/id_assertion",
      disconnect_endpoint: "/gsi/fedcm/disconnect",
      login_url: "/signin",
      branding: expect.any(Object),
    });
  });

  test.each([
    ["POST", "/.well-known/web-identity", "GET"],
    ["POST", "/gsi/fedcm.json", "GET"],
    ["POST", "/gsi/fedcm/accounts", "GET"],
    ["POST", "/gsi/fedcm/client_metadata", "GET"],
    ["GET", "/gsi/fedcm/id_assertion", "POST"],
    ["OPTIONS", "/gsi/fedcm/id_assertion", "POST"],
    ["GET", "/gsi/fedcm/disconnect", "POST"],
    ["GET", "/logout", "POST"],
    ["POST", "/gsi/status", "GET"],
    ["GET", "/gsi/revoke", "POST"],
  ])("answer 405 to %s %s", async (method, path, allowed) => {
    const answer = await fetch(new URL(path, google.origin), { method, headers: PAGE });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe(allowed);
    expect(readCors(answer)).toEqual([null, null]);
  });
});

describe("the accounts endpoint", () => {
  test("lists the signed-in people and their approved clients", async () => {
    const both = await signInAt(google.origin, GRACE.email, cookie);
    const client = "a-client-of-this-test";
    await assertion({ client_id: client });
    const answer = await get("/gsi/fedcm/accounts", { ...BROWSER, Cookie: both });
    expect(answer.status).toBe(200);
    expect(readCors(answer)).toEqual([null, null]);
    const account = ({ sub, name, email }: typeof ADA) => ({
      id: sub,
      name,
      given_name: name.split(" ")[0],
      email,
      picture: new URL(`/people/${sub}.svg`, google.origin).href,
      login_hints: [email, sub],
      domain_hints: [],
    });
    expect(await answer.json()).toEqual({
      accounts: [
        { ...account(GRACE), approved_clients: expect.not.arrayContaining([client]) },
        // Other tests may have approved other clients.
        { ...account(ADA), approved_clients: expect.arrayContaining([client]) },
      ],
    });
    await post("/gsi/fedcm/disconnect", { client_id: client, account_hint: ADA.sub });
    const after = await get("/gsi/fedcm/accounts", { ...BROWSER, Cookie: cookie });
    const { accounts } = (await after.json()) as { accounts: { approved_clients: string[] }[] };
    expect(accounts[0]?.approved_clients).not.toContain(client);
  });

  test.each([
    ["no cookie", {}],
    ["a damaged cookie", { Cookie: "google_accounts=%7B" }],
    ["a cookie of another shape", { Cookie: "google_accounts=7" }],
  ])("answers 401 for %s", async (_name, headers) => {
    const answer = await get("/gsi/fedcm/accounts", { ...BROWSER, ...headers });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ accounts: [] });
  });

  test.each(["empty", "cors", "document", undefined])(
    "refuses requests of scripts (%s)",
    async (destination) => {
      const answer = await get("/gsi/fedcm/accounts", {
        Cookie: cookie,
        ...(destination ? { "Sec-Fetch-Dest": destination } : {}),
      });
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain("@");
    },
  );
});

describe("the client metadata", () => {
  const path = `/gsi/fedcm/client_metadata?client_id=${CLIENT_ID}`;
  test.each([
    ["for a browser", path, { ...BROWSER, Origin: ORIGIN }, 200],
    ["for a script", path, { Origin: ORIGIN }, 400],
    ["for a page of another machine", path, { ...BROWSER, Origin: "https://evil.example" }, 403],
    ["for no page", path, BROWSER, 403],
    ["without a client", "/gsi/fedcm/client_metadata", { ...BROWSER, Origin: ORIGIN }, 400],
  ])("%s", async (_name, url, headers, status) => {
    const answer = await get(url, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toStartWith("application/json");
    expect(readCors(answer)).toEqual([null, null]);
  });
});

describe("a FedCM token", () => {
  test("is for the account, the client and the nonce; only that page may read it", async () => {
    const answer = await assertion();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toStartWith("application/json");
    expect(readCors(answer)).toEqual([ORIGIN, "true"]);
    const { token } = (await answer.json()) as { token: string };
    const keySet = createRemoteJWKSet(new URL("/oauth2/v3/certs", google.origin));
    const { payload } = await jwtVerify(token, keySet, { audience: CLIENT_ID });
    expect(payload).toMatchObject({ sub: ADA.sub, email: ADA.email, nonce: "n" });
  });

  test("has no nonce if there are no parameters", async () => {
    const { token } = (await (await assertion({ params: "" })).json()) as { token: string };
    const claims = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    expect(JSON.parse(claims)).not.toHaveProperty("nonce");
  });

  const withParams = (params: object) => ({ params: JSON.stringify({ ...PARAMS, ...params }) });
  const REFUSED: [string, Record<string, string>, HeadersInit, number, string][] = [
    ["a script", {}, { Origin: ORIGIN, Cookie: cookie }, 400, "invalid_request"],
    ["no origin", {}, { ...BROWSER, Cookie: cookie }, 403, "unauthorized_client"],
    ["the origin null", {}, { ...PAGE, Origin: "null" }, 403, "unauthorized_client"],
    ["another machine", {}, { ...PAGE, Origin: "https://a.example" }, 403, "unauthorized_client"],
  ];
  test.each(REFUSED)("is refused to %s, without CORS headers", async (...row) => {
    const [, fields, headers, status, error] = row;
    const answer = await assertion(fields, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: { error, code: error } });
    expect(readCors(answer)).toEqual([null, null]);
  });

  const INVALID: [string, Record<string, string>, HeadersInit, number, string][] = [
    ["no client", { client_id: "" }, PAGE, 400, "invalid_request"],
    ["parameters that are not JSON", { params: "nonce=n" }, PAGE, 400, "invalid_request"],
    ["parameters that are not an object", { params: "7" }, PAGE, 400, "invalid_request"],
    ["another response type", withParams({ response_type: "code" }), PAGE, 400, "invalid_request"],
    ["another page's domain", withParams({ ss_domain: "http://a" }), PAGE, 400, "invalid_request"],
    ["a nonce that is not a string", withParams({ nonce: 7 }), PAGE, 400, "invalid_request"],
    ["a person who is not signed in", { account_id: GRACE.sub }, PAGE, 403, "access_denied"],
    ["no session", {}, { ...BROWSER, Origin: ORIGIN }, 403, "access_denied"],
  ];
  test.each(INVALID)("is not issued for %s, and the page can read the error", async (...row) => {
    const [, fields, headers, status, error] = row;
    const answer = await assertion(fields, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toStartWith("application/json");
    expect(await answer.json()).toEqual({ error: { error, code: error } });
    expect(readCors(answer)).toEqual([ORIGIN, "true"]);
  });

  test.each(IDP_ERRORS)(
    "is not issued while %s is played, and nothing is approved",
    async (error) => {
      google.play({ answer: error });
      const answer = await assertion({ client_id: "never-approved" });
      expect(await answer.json()).toEqual({ error: { error, code: error } });
      expect(readCors(answer)).toEqual([ORIGIN, "true"]);
      const accounts = await get("/gsi/fedcm/accounts", { ...BROWSER, Cookie: cookie });
      expect(await accounts.text()).not.toContain("never-approved");
    },
  );

  test.each([
    ["an unknown account", { account_hint: "nobody@x.example" }, PAGE, 400],
    ["a script", { account_hint: ADA.sub }, { Origin: ORIGIN, Cookie: cookie }, 400],
    ["another machine", { account_hint: ADA.sub }, { ...PAGE, Origin: "https://a.example" }, 403],
    ["its page", { account_hint: ADA.email }, PAGE, 200],
  ])("is disconnected or not by %s", async (_name, fields, headers, status) => {
    const answer = await post(
      "/gsi/fedcm/disconnect",
      { client_id: CLIENT_ID, ...fields },
      headers,
    );
    expect(answer.status).toBe(status);
    if (status === 200) expect(await answer.json()).toEqual({ account_id: ADA.sub });
  });
});
