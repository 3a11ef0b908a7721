import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";

/** The name of the session that the navigation bar puts into the page. */
async function readShownSession(visitor: Visitor): Promise<string | null> {
  const navbar = await parseResponse(await visitor.fragment(PATHS.navbar));
  return one(navbar, "[data-session]").getAttribute("data-session");
}

const post = (visitor: Visitor, shown?: string | null) =>
  visitor.send(PATHS.logout, {
    method: "POST",
    ...(shown == null ? {} : { headers: { "x-signed-in-as": shown } }),
  });

describe("the session that a page shows", () => {
  test("has a name that is not its value, the same until it ends", async () => {
    const { visitor, clock } = await createFoyer();
    const ada = visitor();
    expect(await readShownSession(ada)).toBe("");
    await ada.signIn(ADA);
    const name = await readShownSession(ada);
    expect(name).toMatch(/^[0-9a-f-]{36}$/);
    expect(ada.sessionToken).not.toContain(name ?? "");
    const before = ada.sessionToken;
    clock.pass(400_000);
    expect(await readShownSession(ada)).toBe(name);
    expect(ada.sessionToken).not.toBe(before);
    await ada.signIn(ADA, { nonce: await createFreshNonce(ada) });
    expect(await readShownSession(ada)).not.toBe(name);
  });

  test("says after how long it ends by itself", async () => {
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
    const adas = await readShownSession(browser);
    const other = browser.clone();
    await post(browser, adas);
    await browser.signIn(GRACE);
    // The browser has Grace's cookie now; a page of Ada's is still open.
    const refused = await post(browser, adas);
    expect(refused.status).toBe(409);
    expect(refused.headers.get("hx-trigger")).toBe("LoginStatusChange");
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await codeOf(refused)).toBe("signed_in_as_another");
    expect(await browser.status()).toBe(200);
    expect(await other.status()).toBe(401);
    expect((await post(browser, await readShownSession(browser))).status).toBe(200);
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

  test("need not be named, nor live, for leaving", async () => {
    const ada = (await createFoyer()).visitor();
    await ada.signIn(ADA);
    const name = await readShownSession(ada);
    const late = ada.clone();
    expect((await post(ada)).status).toBe(200);
    expect((await post(late, name)).status).toBe(200);
    expect(late.sessionToken).toBe("");
    expect((await post(ada, name)).status).toBe(200);
  });

  test("can be asked for: still the same, another, or none", async () => {
    const ada = (await createFoyer()).visitor();
    await ada.signIn(ADA);
    const ask = (name: string) =>
      ada.send(PATHS.isAuthenticated, { headers: { "x-signed-in-as": name } });
    expect((await ask((await readShownSession(ada)) ?? "")).status).toBe(200);
    expect((await ask("another")).status).toBe(409);
    await post(ada);
    expect((await ask("another")).status).toBe(401);
  });
});

/** A nonce as an anonymous page of the same browser has it. */
async function createFreshNonce(visitor: Visitor): Promise<string> {
  const anonymous = visitor.clone();
  for (const name of [...anonymous.cookies.keys()]) {
    if (name.endsWith("session_id")) anonymous.cookies.delete(name);
  }
  return await anonymous.nonce();
}
