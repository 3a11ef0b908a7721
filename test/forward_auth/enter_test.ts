import { describe, expect, test } from "bun:test";

import { hashToken } from "../../src/auth/token.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, GRACE } from "../fixture.ts";
import {
  ACCESS,
  createForwardAuth,
  GRAFANA,
  guestOf,
  NAVIGATION,
  signedIn,
  verify,
  WIKI,
} from "./scene.ts";

const DEEP = `${WIKI}/a%20page/b?x=1&y=%2F%26&z=%C3%A9#part`;
const enter = (address: string) => `/auth/enter?${new URLSearchParams({ return: address })}`;
const page = (address: string) => `/spa/enter?${new URLSearchParams({ return: address })}`;

/** Where an answer leads, from `/auth/enter`. */
const targetOf = (response: Response) => response.headers.get("location");

describe("the way in to a protected application", () => {
  test("begins where a person opens a page of it, and names that page", async () => {
    const visitor = (await createForwardAuth()).visitor();
    const uri = "/a%20page/b?x=1&y=%2F%26&z=%C3%A9";
    const response = await verify(visitor, { uri, headers: NAVIGATION });
    expect(response.status).toBe(302);
    expect(targetOf(response)).toBe(`https://auth.example.com${enter(WIKI + uri)}`);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  const OTHERS: [what: string, headers: Record<string, string>][] = [
    ["a script", { "sec-fetch-mode": "cors" }],
    ["a picture", { "sec-fetch-mode": "no-cors", accept: "image/*" }],
    ["a frame", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe", accept: "text/html" }],
    ["a WebSocket", { "sec-fetch-mode": "websocket", upgrade: "websocket" }],
    ["a proxy that passes nothing on", {}],
  ];
  for (const [what, headers] of OTHERS) {
    test(`is not offered to ${what}`, async () => {
      const response = await verify((await createForwardAuth()).visitor(), { headers });
      expect(response.status).toBe(401);
      expect(targetOf(response)).toBeNull();
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(((await response.json()) as { code: string }).code).toBe("not_signed_in");
    });
  }

  const RETURNS: [what: string, asked: object, address: string][] = [
    ["a page", { uri: "/x?y=z" }, `${WIKI}/x?y=z`],
    ["HEAD", { method: "HEAD", uri: "/x" }, `${WIKI}/x`],
    ["no path at all", { uri: "" }, `${WIKI}/`],
    [
      "a form, by its page",
      { method: "POST", uri: "/save", headers: { referer: `${WIKI}/edit?1` } },
      `${WIKI}/edit?1`,
    ],
    [
      "a form of another site",
      { method: "POST", headers: { referer: "https://evil.example/" } },
      `${WIKI}/`,
    ],
    ["a form without its page", { method: "POST", uri: "/save" }, `${WIKI}/`],
    ["two slashes", { uri: "//evil.example/x" }, `${WIKI}//evil.example/x`],
    ["a backslash", { uri: "/\\evil.example" }, `${WIKI}//evil.example`],
    ["dots", { uri: "/a/../../b" }, `${WIKI}/b`],
    ["a whole address", { uri: "https://evil.example/" }, `${WIKI}/`],
    ["a host in front", { uri: ".evil.example/" }, `${WIKI}/`],
    ["a user in front", { uri: "@evil.example/" }, `${WIKI}/`],
    ["a port in front", { uri: ":8443/" }, `${WIKI}/`],
    ["a very long one", { uri: `/${"x".repeat(2000)}` }, `${WIKI}/`],
  ];
  for (const [what, { headers, ...asked }, address] of RETURNS as [
    string,
    { headers?: object },
    string,
  ][]) {
    test(`comes back after ${what}`, async () => {
      const visitor = (await createForwardAuth()).visitor();
      const response = await verify(visitor, { ...asked, headers: { ...NAVIGATION, ...headers } });
      expect(targetOf(response)).toBe(`https://auth.example.com${enter(address)}`);
    });
  }

  test("is told to htmx, with the page that it shows", async () => {
    const visitor = (await createForwardAuth()).visitor();
    for (const [shown, address] of [
      [`${WIKI}/board?tab=2`, `${WIKI}/board?tab=2`],
      ["https://evil.example/", `${WIKI}/`],
    ]) {
      const headers = { "hx-request": "true", "hx-current-url": shown ?? "" };
      const response = await verify(visitor, { uri: "/fragment", headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("hx-redirect")).toBe(
        `https://auth.example.com${enter(address ?? "")}`,
      );
    }
  });

  test("shows what is opened, and leads a signed-in person there at once", async () => {
    const foyer = await createForwardAuth();
    const visitor = foyer.visitor();
    expect(targetOf(await visitor.send(enter(DEEP)))).toBe(page(DEEP));
    const document = await parseResponse(await visitor.send(page(DEEP)));
    expect(one(document, "h1").textContent).toBe("Sign in to open Wiki, of the house");
    expect(one(document, "#sign_in a.button.google").getAttribute("href")).toBe(
      `/auth/google?${new URLSearchParams({ return: page(DEEP) })}`,
    );
    await visitor.signIn(GRACE);
    const response = await visitor.send(enter(DEEP));
    expect([response.status, targetOf(response)]).toEqual([303, DEEP]);
    expect(response.headers.getSetCookie()).toEqual([]);
    const fragment = await parseResponse(
      await visitor.fragment(page(DEEP).replace("/spa", "/htmx")),
    );
    const link = one(fragment, "a[data-enter]");
    expect(link.getAttribute("href")).toBe(enter(DEEP));
    expect(link.getAttribute("hx-get")).toBe(enter(DEEP));
    const asked = await visitor.fragment(enter(DEEP));
    expect([asked.status, asked.headers.get("hx-redirect")]).toEqual([200, DEEP]);
  });

  test("is the same without script", async () => {
    const foyer = await createForwardAuth();
    const visitor = foyer.visitor();
    const first = await parseResponse(await visitor.send(page(DEEP)));
    const plain = page(DEEP).replace("/spa", "/plain");
    expect(first.documentElement.innerHTML).toContain(plain.replaceAll("&", "&amp;"));
    const document = await parseResponse(await visitor.send(plain));
    for (const link of document.querySelectorAll("a[href^='/auth/google']")) {
      const target = new URL(link.getAttribute("href") ?? "", WIKI).searchParams.get("return");
      expect([page(DEEP), plain]).toContain(target ?? "");
    }
    await visitor.signIn(GRACE);
    const after = await parseResponse(await visitor.send(plain));
    expect(one(after, "a[data-enter]").getAttribute("href")).toBe(enter(DEEP));
  });

  test("gives a session without the cookie one of its own, and checks that it is kept", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    const before = visitor.cookies.get(ACCESS);
    visitor.cookies.delete(ACCESS);
    const given = await visitor.send(enter(DEEP));
    expect(given.status).toBe(303);
    expect(given.headers.getSetCookie().join()).toContain("Domain=example.com");
    expect(visitor.cookies.get(ACCESS)).not.toBe(before);
    expect(targetOf(await visitor.send(targetOf(given) ?? ""))).toBe(DEEP);
    expect((await verify(guestOf(visitor))).status).toBe(200);
    // The one before is worth nothing any more.
    visitor.cookies.set(ACCESS, before ?? "");
    expect((await verify(guestOf(visitor))).status).toBe(401);
  });

  test("leads nobody around in a circle whose browser keeps no cookie", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    visitor.cookies.delete(ACCESS);
    const given = await visitor.send(enter(DEEP), { isAnswerLost: true });
    const refused = await visitor.send(targetOf(given) ?? "", { headers: NAVIGATION });
    expect(refused.status).toBe(400);
    const document = await parseResponse(refused);
    expect(one(document, "h1").textContent).toBe("Your browser did not keep our cookie");
    expect(one(document, "main a.button").getAttribute("href")).toBe(enter(DEEP));
  });

  test("of several tabs at once leads all of them on", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    visitor.cookies.delete(ACCESS);
    const follow = async (start: string): Promise<string> => {
      const target = targetOf(await visitor.send(start)) ?? "";
      return target.startsWith("/auth/enter") ? follow(target) : target;
    };
    const ends = await Promise.all(Array.from({ length: 4 }, () => follow(enter(DEEP))));
    expect(ends).toEqual([DEEP, DEEP, DEEP, DEEP]);
    expect((await verify(guestOf(visitor))).status).toBe(200);
  });

  test("is closed to who may not open the application, with a line an hour in the audit log", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    const refused = await visitor.send(enter(`${GRAFANA}/d/1`), { headers: NAVIGATION });
    expect(refused.status).toBe(403);
    const document = await parseResponse(refused);
    expect(one(document, "h1").textContent).toBe("You can’t open grafana.example.com");
    expect(one(document, "#refusal_text").textContent).toContain(GRACE.email);
    expect(one(document, "main a.google-link").getAttribute("href")).toContain(
      encodeURIComponent(encodeURIComponent(`${GRAFANA}/d/1`)),
    );
    for (let time = 0; time < 3; time += 1) {
      expect((await verify(guestOf(visitor), { site: GRAFANA })).status).toBe(403);
    }
    const list = () => foyer.store.listEvents({ kind: "site_refusal", limit: 9 });
    const events = await list();
    expect(events.map(({ details }) => details?.site)).toEqual([GRAFANA]);
    expect(events[0]?.details?.email).toBe(GRACE.email);
    foyer.clock.pass(3_600_000 - 1000);
    const later = guestOf(await signedIn(foyer, GRACE));
    await Promise.all([0, 1, 2].map(() => verify(later, { site: GRAFANA })));
    expect((await list()).length).toBeLessThanOrEqual(2);
    expect(await foyer.store.verifyAudit()).toMatchObject({ isWhole: true });
  });

  const UNKNOWN = [
    "",
    "https://evil.example/",
    `blob:${WIKI}/x`,
    `${WIKI}.evil.example/`,
    "/",
    WIKI.replace("https", "http"),
  ];
  for (const address of UNKNOWN) {
    test(`leads to the front page for ${address || "no address"}`, async () => {
      const foyer = await createForwardAuth();
      expect(targetOf(await foyer.visitor().send(enter(address)))).toBe("/spa");
      expect(targetOf(await (await signedIn(foyer, GRACE)).send(enter(address)))).toBe("/spa");
      expect((await foyer.visitor().send(page(address), { headers: NAVIGATION })).status).toBe(404);
    });
  }

  test("stores a hash, and no value", async () => {
    const foyer = await createForwardAuth();
    const value = (await signedIn(foyer, ADA)).cookies.get(ACCESS) ?? "";
    expect((await foyer.store.findSessionByAccess(hashToken(value)))?.user.email).toBe(ADA.email);
    expect(await foyer.store.findSessionByAccess(value)).toBeNull();
    expect(foyer.logLines.join()).not.toContain(value);
  });
});
