import { expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { BOUND } from "../dbsc_browser.ts";
import { ADA, type Foyer, setDisabled } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer } from "./scene.ts";

// The browser of a person who was away has no bound cookie, and is refused another: their session is over.

const HOUR_MS = 3_600_000;

/** How a bound session ends while its browser is away, and what is told of it. */
const ENDS: [
  why: string,
  env: Record<string, string>,
  end: (foyer: Foyer) => unknown,
  told: string,
][] = [
  ["by idling", { SESSION_MAX_AGE: "600" }, ({ clock }) => clock.pass(HOUR_MS), "10 minutes"],
  [
    "by its age",
    { SESSION_MAX_AGE: "3600", SESSION_LIFETIME: "3600" },
    ({ clock }) => clock.pass(HOUR_MS),
    "1 hour",
  ],
  ["by an admin", {}, disable, "An admin signed you out"],
];

for (const [why, env, end, told] of ENDS) {
  test(`${why}: the person is told why, and nobody is taken for a thief`, async () => {
    const foyer = await createBindingFoyer(env);
    const browser = await browserOf(foyer);
    await browser.signInBound(ADA);
    await end(foyer);
    foyer.clock.pass(BOUND_AGE_MS);
    browser.visitor.cookies.delete(BOUND);
    expect((await browser.refreshOnce()).status).toBe(401);
    const page = await browser.visitor.fragment("/htmx/account");
    expect(page.status).toBe(401);
    const text = await page.text();
    expect(text).toContain(told);
    expect(text).not.toContain(ADA.email);
    const status = await browser.visitor.send(PATHS.isAuthenticated);
    expect([status.status, await codeOf(status)]).toEqual([401, "not_signed_in"]);
    expect((await browser.visitor.post(PATHS.logout)).status).toBe(200);
    const kinds = (await foyer.store.listEvents({ limit: 100 })).map(({ kind }) => kind);
    expect(kinds).not.toContain("binding_missing");
  });
}

async function disable(foyer: Foyer): Promise<void> {
  const [ada] = await foyer.store.findPeopleByEmail(ADA.email);
  await setDisabled(foyer, { userId: ada?.id ?? "", isDisabled: true });
}
