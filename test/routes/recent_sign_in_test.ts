import { describe, expect, test } from "bun:test";

import { googlePath, pagePath, PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE, KATHERINE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

const RECENT_MS = 600_000;

/** Ada, an administrator who signed in ten minutes ago, and has been active since. */
async function createOldScene() {
  const scene = await createAdminScene();
  const { ada, graceId, clock } = scene;
  await act(ada, "PUT", person(graceId, "/administrator"));
  for (let ms = 0; ms < RECENT_MS; ms += RECENT_MS / 2) {
    clock.pass(RECENT_MS / 2);
    await ada.fragment("/htmx/admin");
  }
  await scene.grace.signIn(GRACE, { nonce: await scene.grace.anonymousNonce() });
  return scene;
}

type Act = (ada: Visitor, ids: { adaId: string; graceId: string }) => Promise<Response>;

const onGrace =
  (method: string, rest = ""): Act =>
  (ada, { graceId }) =>
    act(ada, method, person(graceId, rest));

const SENSITIVE: Record<string, Act> = {
  "disables a person": onGrace("PUT", "/disabled"),
  "enables a person": onGrace("DELETE", "/disabled"),
  "makes an administrator": onGrace("PUT", "/administrator"),
  "removes an administrator": onGrace("DELETE", "/administrator"),
  "deletes a person": onGrace("DELETE"),
  "deletes themselves": (ada, { adaId }) => act(ada, "DELETE", person(adaId)),
  "deletes their account": (ada) => act(ada, "DELETE", PATHS.account),
  "takes the audit log out": (ada) => ada.send(`${PATHS.auditExport}?format=csv`),
};

const OTHERS: Record<string, Act> = {
  "signs a person out": onGrace("DELETE", "/sessions"),
  invites: (ada) => act(ada, "POST", PATHS.invitations, { email: KATHERINE.email }),
  "looks at a person": (ada, { graceId }) => ada.fragment(`/htmx/admin?person=${graceId}`),
  "exports their own data": (ada) => ada.send(PATHS.accountExport),
};

describe("ten minutes after the sign-in, who", () => {
  for (const [what, send] of Object.entries(SENSITIVE)) {
    test(`${what} is asked to sign in again, and then does it`, async () => {
      const scene = await createOldScene();
      const { ada, adaId, store } = scene;
      const actsOfAda = async () =>
        (await store.listEvents({ limit: 99 })).filter(({ actorId }) => actorId === adaId).length;
      const before = await actsOfAda();
      const refused = await send(ada, scene);
      expect(refused.status).toBe(403);
      expect(await codeOf(refused)).toBe("recent_sign_in_needed");
      expect(await actsOfAda()).toBe(before);
      await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
      expect((await send(ada, scene)).status).toBe(200);
    });
  }

  for (const [what, send] of Object.entries(OTHERS)) {
    test(`${what} needs no new sign-in`, async () => {
      const scene = await createOldScene();
      expect((await send(scene.ada, scene)).status).toBe(200);
    });
  }
});

describe("the refusal", () => {
  const SHOWN = "/spa/admin.people?person=0b8f7f1e-0000-4000-8000-000000000000";
  const again = googlePath(SHOWN, { account: "same" });

  test("of an act offers to sign in again, and leads back to the page that is open", async () => {
    const { ada, graceId } = await createOldScene();
    const headers = {
      "x-signed-in-as": await ada.shownSession(),
      "hx-current-url": `http://localhost${SHOWN}`,
    };
    const path = person(graceId, "/administrator");
    const refused = await ada.fragment(path, { method: "DELETE", headers });
    expect(await refused.json()).toMatchObject({
      code: "recent_sign_in_needed",
      detail: expect.stringContaining("more than 10 minutes ago"),
      step: { label: "Sign in again", href: again },
    });
  });

  test("of a download is a page with the same button", async () => {
    const { ada } = await createOldScene();
    const headers = {
      "sec-fetch-mode": "navigate",
      referer: "http://localhost:3000/spa/record?kind=disabled",
    };
    const refused = await ada.send(`${PATHS.auditExport}?format=csv`, { headers });
    expect(refused.status).toBe(403);
    const page = await parseResponse(refused);
    expect(one(page, "h1").textContent).toBe("Sign in again to do this");
    const href = googlePath("/spa/record?kind=disabled", { account: "same" });
    expect(one(page, "main a.button.main").getAttribute("href")).toBe(href);
    const bare = await parseResponse(
      await ada.send(`${PATHS.auditExport}?format=csv`, {
        headers: { "sec-fetch-mode": "navigate" },
      }),
    );
    expect(one(bare, "main a.button.main").getAttribute("href")).toBe(
      googlePath(pagePath("record"), { account: "same" }),
    );
  });
});

/** Where the link leads, and what Google's answer for `person` leads to. */
async function followAgain(visitor: Visitor, person: typeof ADA | null, path: string) {
  const response = await visitor.send(googlePath(path, { account: "same" }));
  const asked = new URL(response.headers.get("location") ?? "").searchParams;
  if (!person) return { asked, answer: null };
  const id_token = await visitor.credential(person, { nonce: asked.get("nonce") ?? "" });
  const state = asked.get("state") ?? "";
  return { asked, answer: await visitor.post(PATHS.callback, { id_token, state }) };
}

describe("signing in again", () => {
  test("asks Google for the same account, and comes back to the person's page", async () => {
    const { ada, graceId } = await createOldScene();
    const path = `/spa/admin.people?person=${graceId}`;
    const { asked, answer } = await followAgain(ada, ADA, path);
    expect(asked.get("login_hint")).toBe(ADA.email);
    expect(asked.get("prompt")).toBe("select_account");
    expect(answer?.status).toBe(303);
    expect(answer?.headers.get("location")).toBe(path);
    expect((await act(ada, "PUT", person(graceId, "/disabled"))).status).toBe(200);
  });

  test("as another person signs that person in, and performs nothing", async () => {
    const { ada, graceId, store } = await createOldScene();
    const { answer } = await followAgain(ada, KATHERINE, "/spa/admin.people");
    expect(answer?.status).toBe(303);
    const refused = await act(ada, "PUT", person(graceId, "/disabled"));
    expect(await codeOf(refused)).toBe("not_administrator");
    expect(await store.findPerson(graceId)).toMatchObject({ disabledAt: null });
  });

  test("without a session names nobody, and with it, no domain", async () => {
    const env = { GOOGLE_HOSTED_DOMAIN: KATHERINE.hostedDomain as string };
    const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email, ...env });
    const visitor = foyer.visitor();
    const nobody = await followAgain(visitor, null, "/spa");
    expect(nobody.asked.get("login_hint")).toBeNull();
    expect(nobody.asked.get("prompt")).toBe("select_account");
    await visitor.signIn(ADA);
    const { asked } = await followAgain(visitor, null, "/spa");
    expect(asked.get("login_hint")).toBe(ADA.email);
    expect(asked.get("hd")).toBeNull();
  });
});
