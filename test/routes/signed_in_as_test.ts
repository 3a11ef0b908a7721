import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";

const post = (visitor: Visitor, shown?: string | null) =>
  visitor.send(PATHS.logout, {
    method: "POST",
    ...(shown == null ? {} : { headers: { "x-signed-in-as": shown } }),
  });

describe("the session that a page shows", () => {
  test("has a name that is not its token, the same until it ends", async () => {
    const { visitor, clock } = await createFoyer();
    const ada = visitor();
    expect(await ada.shownSession()).toBe("");
    await ada.signIn(ADA);
    const name = await ada.shownSession();
    expect(name).toMatch(/^[0-9a-f-]{36}$/);
    expect(ada.sessionToken).not.toContain(name ?? "");
    const before = ada.sessionToken;
    clock.pass(400_000);
    expect(await ada.shownSession()).toBe(name);
    expect(ada.sessionToken).not.toBe(before);
    await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
    expect(await ada.shownSession()).not.toBe(name);
  });

  test("tells its idle time", async () => {
    const { visitor } = await createFoyer({ SESSION_MAX_AGE: "120" });
    const ada = visitor();
    await ada.signIn(ADA);
    const navbar = await parseResponse(await ada.fragment(PATHS.navbar));
    expect(one(navbar, "[data-session]").getAttribute("data-max_age")).toBe("120");
  });

  test("must be the one that signs out", async () => {
    const { visitor } = await createFoyer();
    const browser = visitor();
    await browser.signIn(ADA);
    const adas = await browser.shownSession();
    const other = browser.clone();
    await post(browser, adas);
    await browser.signIn(GRACE);
    // The browser now has Grace's cookie, and a page of Ada is still open.
    const refused = await post(browser, adas);
    expect(refused.status).toBe(409);
    expect(refused.headers.get("hx-trigger")).toBe("LoginStatusChange");
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await codeOf(refused)).toBe("signed_in_as_another");
    expect(await browser.status()).toBe(200);
    expect(await other.status()).toBe(401);
    expect((await post(browser, await browser.shownSession())).status).toBe(200);
    expect(await browser.status()).toBe(401);
  });

  const HOSTILE = ["", " ", "null", "undefined", "*", "%", "1 or 1=1", "x".repeat(8000)];
  for (const name of HOSTILE) {
    test(`is not "${name.slice(0, 20)}"`, async () => {
      const ada = (await createFoyer()).visitor();
      await ada.signIn(ADA);
      expect((await post(ada, name)).status).toBe(409);
      expect(await ada.status()).toBe(200);
    });
  }

  test("need not be named or valid to sign out", async () => {
    const ada = (await createFoyer()).visitor();
    await ada.signIn(ADA);
    const name = await ada.shownSession();
    const late = ada.clone();
    expect((await post(ada)).status).toBe(200);
    expect((await post(late, name)).status).toBe(200);
    expect(late.sessionToken).toBe("");
    expect((await post(ada, name)).status).toBe(200);
  });

  test("can be checked: the same, another, or none", async () => {
    const ada = (await createFoyer()).visitor();
    await ada.signIn(ADA);
    const ask = (name: string) =>
      ada.send(PATHS.isAuthenticated, { headers: { "x-signed-in-as": name } });
    expect((await ask(await ada.shownSession())).status).toBe(200);
    expect((await ask("another")).status).toBe(409);
    await post(ada);
    expect((await ask("another")).status).toBe(401);
  });
});
