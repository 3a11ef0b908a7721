import { describe, expect, test } from "bun:test";

import { one, parseResponse } from "../dom.ts";
import { GRACE } from "../fixture.ts";
import { ACCESS, createForwardAuth, guestOf, NAVIGATION, signedIn, verify, WIKI } from "./scene.ts";

const BACK = `${WIKI}/bye?a=1&lt=2`;
const signOut = (address: string) => `/auth/sign_out?${new URLSearchParams({ return: address })}`;

describe("/auth/sign_out", () => {
  test("asks with one button, and then says what was done, with a link back", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    const guest = guestOf(visitor);
    const question = await visitor.send(signOut(BACK), { headers: NAVIGATION });
    expect([question.status, question.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect((await verify(guest)).status).toBe(200);
    const form = one(await parseResponse(question), "main form");
    expect(form.querySelectorAll("button")).toHaveLength(1);
    expect(form.getAttribute("action")).toBe("/auth/sign_out");
    const fields = { return: one(form, "input[name=return]").getAttribute("value") ?? "" };
    expect(fields.return).toBe(BACK);
    const answer = await visitor.post("/auth/sign_out", fields);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, signOut(BACK)]);
    expect([visitor.sessionToken, visitor.cookies.has(ACCESS)]).toEqual(["", false]);
    expect((await verify(guest)).status).toBe(401);
    const after = await parseResponse(await visitor.send(signOut(BACK)));
    expect(one(after, "h1").textContent).toBe("You are signed out");
    expect(after.querySelector(`a[href="${BACK}"]`)?.textContent).toContain("Wiki, of the house");
    expect(after.querySelectorAll("main form")).toHaveLength(0);
    const bar = await visitor.fragment("/auth/auth_navbar", {
      headers: { "hx-current-url": `https://auth.example.com${signOut(BACK)}` },
    });
    const google = one(await parseResponse(bar), "a.google-link").getAttribute("href") ?? "";
    const way = new URL(google, WIKI).searchParams.get("return") ?? "";
    expect(new URL(way, WIKI).searchParams.get("return")).toBe(BACK);
  });

  test("notifies the pages that are open", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    const told: string[] = [];
    const { publish } = foyer.deps.loginEvents;
    foyer.deps.loginEvents.publish = (userId) => {
      told.push(userId);
      publish(userId);
    };
    await visitor.post("/auth/sign_out");
    expect(told).toHaveLength(1);
  });

  const OTHERS = [
    "",
    "https://evil.example/",
    "javascript:alert(1)",
    `blob:${WIKI}/x`,
    "//evil.example",
    `${WIKI}@evil.example/`,
  ];
  for (const address of OTHERS) {
    test(`holds no link to ${address || "nothing"}`, async () => {
      const foyer = await createForwardAuth();
      const visitor = await signedIn(foyer, GRACE);
      for (const isSignedIn of [true, false]) {
        const html = await (await visitor.send(signOut(address))).text();
        expect(html).not.toContain("evil.example");
        expect(html).not.toContain("alert(1)");
        if (!isSignedIn) break;
        const answer = await visitor.post("/auth/sign_out", { return: address });
        expect(answer.headers.get("location")).toBe("/auth/sign_out");
      }
    });
  }

  test("changes nothing by a link, and nothing from another site", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    await visitor.send(signOut(BACK), { headers: { "sec-fetch-site": "cross-site" } });
    for (const site of ["cross-site", "same-site"]) {
      const response = await visitor.send("/auth/sign_out", {
        method: "POST",
        headers: { "sec-fetch-site": site },
        body: new URLSearchParams({ return: BACK }),
      });
      expect(response.status).toBe(403);
    }
    expect(await visitor.status()).toBe(200);
    expect((await verify(guestOf(visitor))).status).toBe(200);
  });

  test("works without protected applications", async () => {
    const foyer = await createForwardAuth({ FORWARD_AUTH_ORIGINS: "", COOKIE_DOMAIN: "" });
    const visitor = await signedIn(foyer, GRACE);
    const answer = await visitor.post("/auth/sign_out", { return: BACK });
    expect(answer.headers.get("location")).toBe("/auth/sign_out");
    expect(await visitor.status()).toBe(401);
  });
});
