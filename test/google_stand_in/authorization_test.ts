import { afterAll, afterEach, describe, expect, test } from "bun:test";

import { decodeJwt } from "jose";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, GRACE, KATHERINE } from "../fixture.ts";
import { signInAt } from "./session.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());
afterEach(() => google.play({}));

const CALLBACK = "http://localhost:3000/callback";
const ada = await signInAt(google.origin, ADA.email);
const both = await signInAt(google.origin, GRACE.email, ada);

type Fields = Record<string, string>;

let clients = 0;
/** A request of a client that nobody has approved yet. */
function newRequest(fields: Fields = {}): Fields {
  clients += 1;
  return {
    client_id: `client-${clients}`,
    redirect_uri: CALLBACK,
    response_type: "id_token",
    scope: "openid email",
    nonce: "n",
    state: "s",
    ...fields,
  };
}

const path = "/o/oauth2/v2/auth";
const ask = (fields: Fields, cookie = "") =>
  fetch(new URL(`${path}?${new URLSearchParams(fields)}`, google.origin), {
    headers: { Cookie: cookie },
    redirect: "manual",
  });
const choose = (fields: Fields, cookie = "") =>
  fetch(new URL(path, google.origin), {
    method: "POST",
    headers: { Cookie: cookie },
    body: new URLSearchParams({ email: ADA.email, ...fields }),
    redirect: "manual",
  });

/** The fields behind the `#` of a redirect to the application. */
function readFragment(answer: Response): Fields {
  expect(answer.status).toBe(303);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const [address, fragment = ""] = answer.headers.get("location")?.split("#") ?? [];
  expect(address).toBe(CALLBACK);
  return Object.fromEntries(new URLSearchParams(fragment));
}

const asksWho = async (answer: Response) =>
  (await answer.text()).includes("<h1>Choose an account</h1>");

describe("the response of an authorization request", () => {
  test.each([
    ["without a mode", {}],
    ["with fragment", { response_mode: "fragment" }],
  ])("is behind the # of the URL, %s", async (_name, mode) => {
    const request = newRequest(mode as Fields);
    expect(await asksWho(await ask(request))).toBe(true);
    const answer = await choose(request);
    expect(answer.headers.get("set-login")).toBe("logged-in");
    const { id_token = "", ...fields } = readFragment(answer);
    expect(fields).toEqual({ state: "s", authuser: "0" });
    expect(decodeJwt(id_token)).toMatchObject({ sub: ADA.sub, nonce: "n", aud: request.client_id });
  });

  test("is a posted form with form_post", async () => {
    const answer = await choose(newRequest({ response_mode: "form_post" }));
    expect(answer.status).toBe(200);
    const page = await parseResponse(answer);
    expect(one(page, "form").getAttribute("action")).toBe(CALLBACK);
    const names = [...page.querySelectorAll("input")].map((input) => input.getAttribute("name"));
    expect(names).toEqual(["state", "id_token", "authuser"]);
  });

  test("keeps the query of redirect_uri", async () => {
    const answer = await choose(newRequest({ redirect_uri: `${CALLBACK}?a=1&b=%23` }));
    expect(answer.headers.get("location")).toStartWith(`${CALLBACK}?a=1&b=%23#state=s&id_token=`);
  });

  test("is an error in the same place", async () => {
    const request = newRequest();
    expect(readFragment(await choose({ ...request, error: "access_denied" }))).toEqual({
      error: "access_denied",
      state: "s",
    });
    google.play({ answer: "server_error" });
    expect(readFragment(await choose(request))).toEqual({ error: "server_error", state: "s" });
  });

  test.each([
    ["the code flow", { response_type: "code" }, "unsupported_response_type"],
    ["an access token, too", { response_type: "id_token token" }, "unsupported_response_type"],
    ["no type", { response_type: "" }, "unsupported_response_type"],
    ["the mode query", { response_mode: "query" }, "invalid_request (response_mode)"],
    ["an unknown mode", { response_mode: "toString" }, "invalid_request (response_mode)"],
    ["a redirect_uri with a fragment", { redirect_uri: `${CALLBACK}#a` }, "redirect_uri_mismatch"],
    ["an empty fragment", { redirect_uri: `${CALLBACK}#` }, "redirect_uri_mismatch"],
    ["a script", { redirect_uri: "javascript:alert(1)" }, "redirect_uri_mismatch"],
    ["another machine", { redirect_uri: "https://a.example/" }, "redirect_uri_mismatch"],
    ["no nonce", { nonce: "" }, "invalid_request (nonce)"],
    ["no openid", { scope: "email openids" }, "invalid_scope"],
    ["an unknown prompt", { prompt: "login" }, "invalid_request (prompt)"],
    ["none beside another prompt", { prompt: "none consent" }, "invalid_request (prompt)"],
    ["a prompt of another case", { prompt: "None" }, "invalid_request (prompt)"],
    ["a prompt that is a member", { prompt: "constructor" }, "invalid_request (prompt)"],
    ["malformed claims", { claims: "{" }, "invalid_request (claims)"],
  ])("is a page for people where the request has %s", async (_name, fields, reason) => {
    for (const answer of [await ask(newRequest(fields), ada), await choose(newRequest(fields))]) {
      expect(answer.status).toBe(403);
      expect(answer.headers.get("location")).toBeNull();
      const page = await parseResponse(answer);
      expect(one(page, "main").textContent).toContain(reason);
      expect(page.querySelector("form")).toBeNull();
    }
  });
});

describe("prompt=none", () => {
  const silent = (fields: Fields = {}) => newRequest({ prompt: "none", ...fields });
  const approve = (request: Fields, email = ADA.email) => choose({ ...request, email });

  test("answers at once for the only account, if it has approved", async () => {
    const request = silent();
    await approve(request);
    const { id_token = "", state } = readFragment(await ask(request, ada));
    expect(state).toBe("s");
    expect(decodeJwt(id_token).sub).toBe(ADA.sub);
  });

  test("takes the hinted account of several", async () => {
    const request = silent({ login_hint: GRACE.email });
    await approve(request, GRACE.email);
    const { id_token = "" } = readFragment(await ask(request, both));
    expect(decodeJwt(id_token).sub).toBe(GRACE.sub);
  });

  test("takes the only account of the Workspace domain", async () => {
    const all = await signInAt(google.origin, KATHERINE.email, both);
    const request = silent({ hd: "orbit.example" });
    await approve(request, KATHERINE.email);
    const { id_token = "" } = readFragment(await ask(request, all));
    expect(decodeJwt(id_token).sub).toBe(KATHERINE.sub);
  });

  test.each([
    ["nobody is signed in", "", {}],
    ["several are", both, {}],
    ["another is", ada, { login_hint: GRACE.email }],
    ["only others than the hinted one are", both, { login_hint: "zoe@x.example" }],
    ["nobody of the domain is", ada, { hd: "orbit.example" }],
  ])("fails where %s", async (_name, cookie, fields) => {
    const request = silent(fields);
    await approve(request);
    await approve(request, GRACE.email);
    expect(readFragment(await ask(request, cookie))).toEqual({
      error: "interaction_required",
      state: "s",
    });
  });

  test("fails where the person has not approved, also in a posted form", async () => {
    expect(readFragment(await ask(silent(), ada)).error).toBe("interaction_required");
    const page = await parseResponse(await ask(silent({ response_mode: "form_post" }), ada));
    expect(one(page, "[name=error]").getAttribute("value")).toBe("interaction_required");
    expect(page.querySelector("[name=id_token]")).toBeNull();
  });
});

describe("the chooser", () => {
  const hinted = async (fields: Fields) => {
    const request = newRequest({ login_hint: ADA.email, ...fields });
    await choose(request);
    return asksWho(await ask(request, both));
  };

  test("is left out for a hinted account that has approved", async () => {
    expect(await hinted({})).toBe(false);
  });

  test.each(["select_account", "consent", "consent select_account", " select_account "])(
    "is shown all the same with prompt=%s",
    async (prompt) => {
      expect(await hinted({ prompt })).toBe(true);
    },
  );
});
