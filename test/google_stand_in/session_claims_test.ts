import { afterAll, afterEach, describe, expect, test } from "bun:test";

import { decodeJwt } from "jose";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, CLIENT_ID, GRACE } from "../fixture.ts";
import { flow, link, ORIGIN, redirect } from "./flows.ts";
import { signInAt } from "./session.ts";

const BEGIN_S = 1_800_000_000;
const BOTH = '{"id_token":{"auth_time":{"essential":true},"amr":null}}';

let clock = BEGIN_S * 1000;
const google = await startGoogleStandIn({ port: 0, now: () => clock });
afterAll(() => google.stop());
afterEach(() => {
  google.play({});
  clock = BEGIN_S * 1000;
});

const at = (path: string) => new URL(path, google.origin);
type Fields = Record<string, string>;
type Claims = Record<string, unknown>;
type Way = (fields: Fields, cookie?: string) => Promise<Response>;

const post =
  (path: string, common: Fields, headers: Fields = {}): Way =>
  (fields, cookie = "") =>
    fetch(at(path), {
      method: "POST",
      headers: { ...headers, Cookie: cookie },
      body: new URLSearchParams({ ...common, email: ADA.email, ...fields }),
    });
const byPopup = post("/gsi/select", flow);
const byRedirect = post("/gsi/select", redirect);
const byLink = post("/o/oauth2/v2/auth", link);
const byCard = post("/gsi/prompt", flow);
const byFedCm: Way = ({ claims = "" }, cookie) => {
  const headers = { "Sec-Fetch-Dest": "webidentity", Origin: ORIGIN };
  const params = JSON.stringify({ nonce: "n", claims });
  const fields = { client_id: CLIENT_ID, account_id: ADA.sub, params };
  return post("/gsi/fedcm/id_assertion", {}, headers)(fields, cookie);
};
const WAYS: [string, Way][] = [
  ["a popup", byPopup],
  ["redirect mode", byRedirect],
  ["an authorization request", byLink],
  ["the One Tap card", byCard],
  ["FedCM", byFedCm],
];

/** The claims of the token in an answer of any way. */
async function readClaims(answer: Response): Promise<Claims> {
  expect(answer.status).toBe(200);
  if (answer.headers.get("content-type")?.startsWith("application/json")) {
    return decodeJwt(((await answer.json()) as { token: string }).token);
  }
  const page = await parseResponse(answer);
  const response = page.body.getAttribute("data-response");
  const field = () => one(page, "[name=credential], [name=id_token]").getAttribute("value");
  return decodeJwt(response ? JSON.parse(response).credential : field());
}

async function claimsOf(way: Way, fields: Fields, cookie?: string) {
  const { auth_time, amr } = await readClaims(await way(fields, cookie));
  return { auth_time, amr };
}

describe.each(WAYS)("the claims about the Google session, by %s", (_name, way) => {
  test("are in the token on request only", async () => {
    const cookie = await signInAt(google.origin, ADA.email);
    google.play({ amr: "hwk mfa" });
    clock += 90_000;
    expect(await claimsOf(way, {}, cookie)).toEqual({ auth_time: undefined, amr: undefined });
    expect(await claimsOf(way, { claims: BOTH }, cookie)).toEqual({
      auth_time: BEGIN_S,
      amr: ["hwk", "mfa"],
    });
    expect(await claimsOf(way, { claims: '{"id_token":{"amr":{}}}' }, cookie)).toEqual({
      auth_time: undefined,
      amr: ["hwk", "mfa"],
    });
  });

  test.each([
    ["half an object", "{"],
    ["null", "null"],
    ["a list", "[]"],
    ["a number", "7"],
    ["a name", '"auth_time"'],
    ["id_token is null", '{"id_token":null}'],
    ["id_token is a list", '{"id_token":[]}'],
    ["id_token is a name", '{"id_token":"auth_time"}'],
    ["auth_time is true", '{"id_token":{"auth_time":true}}'],
    ["auth_time is a list", '{"id_token":{"auth_time":[]}}'],
    ["amr is a text", '{"id_token":{"auth_time":null,"amr":"mfa"}}'],
    ["too long", `{"id_token":{"auth_time":null,"x":"${"x".repeat(4096)}"}}`],
    ["nested very deep", "[".repeat(4000)],
  ])("are refused if the request is malformed: %s", async (_name, claims) => {
    const cookie = await signInAt(google.origin, ADA.email);
    const answer = await way({ claims }, cookie);
    expect([400, 403]).toContain(answer.status);
    expect(await answer.text()).toContain("invalid_request");
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test.each([
    "{}",
    '{"id_token":{}}',
    '{"userinfo":{"auth_time":null}}',
    '{"userinfo":7,"auth_time":null}',
    '{"id_token":{"toString":null,"constructor":7,"acr":{"essential":true}}}',
    '{"id_token":{"__proto__":{"auth_time":null}}}',
    '{"__proto__":{"id_token":{"auth_time":null}}}',
  ])("are not in the token if the request is for others: %p", async (claims) => {
    const cookie = await signInAt(google.origin, ADA.email);
    google.play({ amr: "pwd" });
    const found = await claimsOf(way, { claims }, cookie);
    expect(found).toEqual({ auth_time: undefined, amr: undefined });
  });
});

describe("auth_time", () => {
  const ask = { claims: '{"id_token":{"auth_time":{"essential":true}}}' };
  const authTime = async (fields: Fields, cookie?: string) =>
    (await claimsOf(byLink, { ...ask, ...fields }, cookie)).auth_time;

  test("is now for a person who signs in at the chooser without a Google session", async () => {
    clock += 5_000;
    expect(await authTime({})).toBe(BEGIN_S + 5);
    const grace = await signInAt(google.origin, GRACE.email);
    expect(await authTime({}, grace)).toBe(BEGIN_S + 5);
  });

  test("stays when the person is chosen anew", async () => {
    const cookie = await signInAt(google.origin, ADA.email);
    clock += 3_600_000;
    const answer = await byLink({ ...ask, prompt: "select_account" }, cookie);
    const next = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await readClaims(answer)).auth_time).toBe(BEGIN_S);
    expect(await authTime({}, await signInAt(google.origin, ADA.email, next))).toBe(BEGIN_S);
  });

  test("is the person's own, among several", async () => {
    const first = await signInAt(google.origin, ADA.email);
    clock += 60_000;
    const both = await signInAt(google.origin, GRACE.email, first);
    clock += 60_000;
    expect(await authTime({}, both)).toBe(BEGIN_S);
    expect(await authTime({ email: GRACE.email }, both)).toBe(BEGIN_S + 60);
  });

  test.each([
    ["now", 0],
    ["5 minutes ago", 300],
    ["1 hour ago", 3600],
    ["30 days ago", 2_592_000],
  ] as const)("is played: %s", async (auth_time, age) => {
    const cookie = await signInAt(google.origin, ADA.email);
    google.play({ auth_time });
    clock += 10_000;
    expect(await authTime({}, cookie)).toBe(BEGIN_S + 10 - age);
  });

  test.each([
    ["no time", [{ email: ADA.email }]],
    ["a time that is no number", [{ email: ADA.email, authTime: "1" }]],
    ["an endless time", [{ email: ADA.email, authTime: 1e300 }]],
    ["no address", [{ authTime: 1 }]],
    ["no objects", [null, 7, "x", []]],
  ])("is now if the cookie holds accounts with %s", async (_name, accounts) => {
    const cookie = `google_accounts=${encodeURIComponent(JSON.stringify(accounts))}`;
    expect(await authTime({}, cookie)).toBe(BEGIN_S);
  });
});

describe("what is played", () => {
  test.each([
    ["none", undefined],
    ["pwd", ["pwd"]],
    ["mfa", ["mfa"]],
    ["hwk", ["hwk"]],
    ["pwd mfa", ["pwd", "mfa"]],
    ["hwk mfa", ["hwk", "mfa"]],
  ] as const)("is amr: %s", async (amr, expected) => {
    google.play({ amr });
    expect((await claimsOf(byPopup, { claims: BOTH })).amr).toEqual(expected as never);
  });

  test("can be that Google gives neither", async () => {
    google.play({ amr: "none", auth_time: "none" });
    const claims = await readClaims(await byPopup({ claims: BOTH }));
    expect(claims).not.toHaveProperty("auth_time");
    expect(claims).not.toHaveProperty("amr");
  });

  test("passes through the chooser's page", async () => {
    const page = await parseResponse(
      await fetch(at(`/o/oauth2/v2/auth?${new URLSearchParams({ ...link, claims: BOTH })}`)),
    );
    expect(one(page, "form:has(ul) [name=claims]").getAttribute("value")).toBe(BOTH);
  });
});
