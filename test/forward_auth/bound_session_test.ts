import { expect, test } from "bun:test";

import { enterPagePath, enterPath } from "../../src/paths.ts";
import { BOUND_AGE_MS, browserOf, GRACE_MS } from "../binding/scene.ts";
import { BOUND } from "../dbsc_browser.ts";
import { ADA } from "../fixture.ts";
import { ACCESS, createForwardAuth, guestOf, verify, WIKI } from "./scene.ts";

const LONG_MS = BOUND_AGE_MS + GRACE_MS;
const SETTINGS = { SESSION_MAX_AGE: "86400" };

test("the access cookie of a bound session opens applications without a proof of the device", async () => {
  const foyer = await createForwardAuth(SETTINGS);
  const browser = await browserOf(foyer);
  await browser.signInBound(ADA);
  foyer.clock.pass(LONG_MS);
  expect((await verify(guestOf(browser.visitor))).status).toBe(200);
  expect(await browser.visitor.status()).toBe(401);
});

test("a copied session cookie of a bound session gets no access cookie", async () => {
  const foyer = await createForwardAuth(SETTINGS);
  const browser = await browserOf(foyer);
  await browser.signInBound(ADA);
  foyer.clock.pass(LONG_MS);
  const thief = browser.visitor.clone();
  for (const name of [BOUND, ACCESS]) thief.cookies.delete(name);
  const answer = await thief.send(enterPath(`${WIKI}/`));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, enterPagePath(`${WIKI}/`)]);
  expect(answer.headers.getSetCookie().join()).not.toContain(ACCESS);
});

test("no session is bound where the session cookie itself opens applications on other ports", async () => {
  const site = "https://auth.example.com:8443";
  const FORWARD_AUTH_ORIGINS = `${site} members`;
  const foyer = await createForwardAuth({ ...SETTINGS, COOKIE_DOMAIN: "", FORWARD_AUTH_ORIGINS });
  const browser = await browserOf(foyer);
  const answer = await browser.signIn(ADA);
  expect(answer.headers.get("secure-session-registration")).toBeNull();
  foyer.clock.pass(LONG_MS);
  expect((await verify(browser.visitor, { site })).status).toBe(200);
});
