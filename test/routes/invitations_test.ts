import { describe, expect, test } from "bun:test";

import type { Environment } from "../../src/config.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, GRACE, KATHERINE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { act, createAdminScene } from "./admin_scene.ts";

const PAGE = "/htmx/admin.invitations";
const DAY_MS = 86_400_000;
const { email } = KATHERINE;

/** Ada alone, because Grace would need an invitation. */
const createClosed = (env: Environment = {}) => createAdminScene({ SIGN_UP: "closed", ...env });

const messageOf = (response: Response) =>
  JSON.parse(response.headers.get("hx-trigger") ?? "{}").PageMessage?.text;

describe("an invitation", () => {
  test("says what was done, and that no mail is sent", async () => {
    const { ada, deps } = await createClosed();
    const added = await act(ada, "POST", PATHS.invitations, { email: email.toUpperCase() });
    expect(messageOf(added)).toBe(`Invitation added for ${email}`);
    const page = await parseResponse(added);
    expect(one(page, ".note").textContent).toContain("We don’t send an email.");
    expect(one(page, "[data-copy]").getAttribute("data-copy")).toBe(deps.config.origin);
    expect(one(page, ".rows button").getAttribute("aria-label")).toBe(
      `Revoke invitation for ${email}`,
    );
    const again = await act(ada, "POST", PATHS.invitations, { email });
    expect(messageOf(again)).toBe(`${email} is invited already`);
    const revoked = await act(
      ada,
      "DELETE",
      `${PATHS.invitations}?${new URLSearchParams({ email })}`,
    );
    expect(messageOf(revoked)).toBe("Invitation revoked");
    expect(await revoked.text()).toContain("No open invitations");
  });

  test("expires after 30 days: it neither counts nor shows, is deleted, and can be renewed", async () => {
    const { ada, clock, store, visitor } = await createClosed();
    await act(ada, "POST", PATHS.invitations, { email });
    clock.pass(30 * DAY_MS - 1);
    expect(await store.listInvitations(clock.now)).toHaveLength(1);
    clock.pass(1);
    expect(await store.listInvitations(clock.now)).toEqual([]);
    expect(await codeOf(await visitor().signIn(KATHERINE))).toBe("sign_up_closed");
    await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
    const gone = await act(ada, "DELETE", `${PATHS.invitations}?${new URLSearchParams({ email })}`);
    expect(gone.status).toBe(404);
    await act(ada, "POST", PATHS.invitations, { email });
    expect((await visitor().signIn(KATHERINE)).status).toBe(200);
    await act(ada, "POST", PATHS.invitations, { email: GRACE.email });
    await store.deleteExpired(clock.now);
    expect(await store.listInvitations(0)).toHaveLength(1);
    await store.deleteExpired(clock.now + 30 * DAY_MS);
    expect(await store.listInvitations(0)).toEqual([]);
  });

  test("is renewed when it has expired and was not deleted yet", async () => {
    const { ada, clock, store } = await createClosed();
    await act(ada, "POST", PATHS.invitations, { email });
    clock.pass(31 * DAY_MS);
    await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
    const added = await act(ada, "POST", PATHS.invitations, { email });
    expect(messageOf(added)).toBe(`Invitation added for ${email}`);
    const [invitation] = await store.listInvitations(clock.now);
    expect(invitation?.expiresAt).toBe(clock.now + 30 * DAY_MS);
  });

  test("is not offered while sign-up is open", async () => {
    const { ada } = await createAdminScene();
    const page = await parseResponse(await ada.fragment(PAGE));
    expect(one(page, "#invite + p").textContent).toContain("Sign-up is open");
    expect(page.querySelector("form")).toBeNull();
  });

  const USELESS: [email: string, env: Environment, why: string | null][] = [
    ["ada@localhost", {}, "Enter an email like ada@example.com."],
    ["x@gmail.com", { GOOGLE_HOSTED_DOMAIN: "orbit.example" }, "GOOGLE_HOSTED_DOMAIN"],
    ["x@orbit.example", { GOOGLE_HOSTED_DOMAIN: "orbit.example" }, null],
    // An organization may have several domains.
    ["x@second.example", { GOOGLE_HOSTED_DOMAIN: "orbit.example" }, null],
    ["x@gmail.com", { ALLOWED_EMAILS: "@orbit.example" }, "ALLOWED_EMAILS"],
    ["x@orbit.example", { ALLOWED_EMAILS: "@orbit.example" }, null],
    ["x@gmail.com", { ALLOWED_EMAILS: "x@gmail.com" }, null],
    [ADA.email, { ALLOWED_EMAILS: "@orbit.example" }, null],
    [ADA.email, { GOOGLE_HOSTED_DOMAIN: "orbit.example" }, null],
  ];
  for (const [address, env, why] of USELESS) {
    test(`${why ? "is refused" : "is added"} for ${address} with ${JSON.stringify(env)}`, async () => {
      const { ada, store } = await createClosed(env);
      const response = await act(ada, "POST", PATHS.invitations, { email: address });
      expect(response.status).toBe(why ? 400 : 200);
      if (why) expect((await response.json()).detail).toContain(why);
      expect(await store.listInvitations(0)).toHaveLength(why ? 0 : 1);
    });
  }
});
