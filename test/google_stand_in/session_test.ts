import { afterAll, describe, expect, test } from "bun:test";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, GRACE } from "../fixture.ts";
import { flow, link, redirect } from "./flows.ts";
import { signInAt } from "./session.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());

const send = (path: string, fields: Record<string, string>, headers: HeadersInit = {}) =>
  fetch(new URL(path, google.origin), {
    method: "POST",
    headers,
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
const attributesOf = (answer: Response) => {
  const [pair, ...attributes] = answer.headers.get("set-cookie")?.split("; ") ?? [];
  return { name: pair?.split("=")[0], attributes: attributes.sort() };
};

const FLOWS: [string, string, Record<string, string>][] = [
  ["the sign-in page", "/signin", {}],
  ["a popup", "/gsi/select", flow],
  ["redirect mode", "/gsi/select", redirect],
  ["an authorization request", "/o/oauth2/v2/auth", link],
];

describe("the Google session", () => {
  test.each(FLOWS)("begins with %s", async (_name, path, fields) => {
    const answer = await send(path, { ...fields, email: ADA.email });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-login")).toBe("logged-in");
    expect(attributesOf(answer)).toEqual({
      name: "google_accounts",
      attributes: ["HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=None", "Secure"],
    });
  });

  test.each(FLOWS)("does not begin without an account: %s", async (_name, path, fields) => {
    const answer = await send(path, fields);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("set-login")).toBeNull();
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test("is on the front page, and ends with sign-out", async () => {
    const first = await signInAt(google.origin, ADA.email);
    const cookie = await signInAt(google.origin, GRACE.email, first);
    const front = await parseResponse(await fetch(google.origin, { headers: { Cookie: cookie } }));
    expect(one(front, "form[action='/logout'] p").textContent).toBe(
      `Signed in here: ${GRACE.email}, ${ADA.email}`,
    );
    const answer = await send("/logout", {}, { Cookie: cookie });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("set-login")).toBe("logged-out");
    expect(attributesOf(answer)).toEqual({
      name: "google_accounts",
      attributes: ["HttpOnly", "Max-Age=0", "Path=/", "SameSite=None", "Secure"],
    });
  });

  test("has at most ten accounts, the latest", async () => {
    let cookie = "";
    for (let count = 1; count <= 12; count += 1) {
      cookie = await signInAt(google.origin, `person${count}@x.example`, cookie);
    }
    const emails = [...decodeURIComponent(cookie).matchAll(/person(\d+)@/g)].map(
      ([, count]) => count,
    );
    expect([...new Set(emails)]).toEqual(["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"]);
  });
});

describe("the method of a choice", () => {
  const client = (id: string) => ({ ...flow, client_id: id });
  async function selectBy(fields: Record<string, string>, cookie = ""): Promise<string> {
    const answer = await send("/gsi/select", { ...fields, email: ADA.email }, { Cookie: cookie });
    const page = await parseResponse(answer);
    return JSON.parse(page.body.getAttribute("data-response") ?? "").select_by;
  }

  test.each([
    ["btn", {}],
    ["itp", { trigger: "itp" }],
  ])("is %s, with what was new", async (way, fields) => {
    const cookie = await signInAt(google.origin, ADA.email);
    const one = { ...client(`${way}-1`), ...fields };
    expect(await selectBy(one)).toBe(`${way}_confirm_add_session`);
    expect(await selectBy(one)).toBe(`${way}_add_session`);
    expect(await selectBy(one, cookie)).toBe(way);
    expect(await selectBy({ ...client(`${way}-2`), ...fields }, cookie)).toBe(`${way}_confirm`);
  });

  test("needs no question if a hint names an account that has approved", async () => {
    const cookie = await signInAt(google.origin, ADA.email);
    const ask = async (fields: Record<string, string>) => {
      const query = new URLSearchParams({ ...client("hinted"), ...fields });
      const answer = await fetch(new URL(`/gsi/select?${query}`, google.origin), {
        headers: { Cookie: cookie },
      });
      return (await parseResponse(answer)).body.getAttribute("data-response");
    };
    expect(await ask({ login_hint: ADA.email })).toBeNull();
    await selectBy(client("hinted"), cookie);
    expect(await ask({ login_hint: GRACE.email })).toBeNull();
    for (const hint of [ADA.email, ADA.sub]) {
      expect(JSON.parse((await ask({ login_hint: hint })) ?? "").select_by).toBe("btn");
    }
  });
});
