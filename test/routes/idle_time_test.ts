import { describe, expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, auditAt, createFoyer, type Foyer, setDisabled } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

const BACKGROUND = { "x-background": "1" };

interface Scene {
  foyer: Foyer;
  ada: Visitor;
}

async function createScene(env = {}): Promise<Scene> {
  const foyer = await createFoyer(env);
  const ada = foyer.visitor();
  await ada.signIn(ADA);
  return { foyer, ada };
}

/** The seconds that an answer of the navigation bar says are left. */
async function ask(visitor: Visitor, headers: Record<string, string> = BACKGROUND) {
  const response = await visitor.fragment(PATHS.navbar, { method: "HEAD", headers });
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.text()).toBe("");
  return response.headers.get("x-signed-out-in");
}

async function userIdOf({ foyer }: Scene): Promise<string> {
  return (await foyer.store.findPeopleByEmail(ADA.email))[0]?.id ?? "";
}

const ROWS: [what: string, left: string | null, (scene: Scene) => unknown, env?: object][] = [
  ["at once after sign-in", "600", () => {}],
  ["a millisecond later, whole seconds only", "599", ({ foyer }) => foyer.clock.pass(1)],
  ["nine minutes later", "60", ({ foyer }) => foyer.clock.pass(540_000)],
  ["in the last second", "0", ({ foyer }) => foyer.clock.pass(599_999)],
  ["when it is over", null, ({ foyer }) => foyer.clock.pass(600_000)],
  [
    "after activity",
    "600",
    async ({ foyer, ada }) => {
      foyer.clock.pass(540_000);
      await ada.fragment("/htmx/content.secret1");
    },
  ],
  [
    "after activity that is too soon to be stored: as the server will judge",
    "541",
    async ({ foyer, ada }) => {
      foyer.clock.pass(59_000);
      await ada.fragment("/htmx/content.secret1");
    },
  ],
  [
    "after a background request",
    "200",
    async ({ foyer, ada }) => {
      foyer.clock.pass(400_000);
      await ada.fragment("/htmx/content.secret1", { headers: BACKGROUND });
      await ada.status();
    },
  ],
  ["with a short idle time", "5", () => {}, { SESSION_MAX_AGE: "5" }],
  [
    "when use does not put the end off, as the lifetime ends",
    null,
    async ({ foyer, ada }) => {
      foyer.clock.pass(400_000);
      await ada.fragment("/htmx/content.secret1");
    },
    { SESSION_LIFETIME: "900" },
  ],
  ["when both end together", null, () => {}, { SESSION_LIFETIME: "600" }],
  [
    "when an admin has disabled the account",
    null,
    async (scene) => setDisabled(scene.foyer, { userId: await userIdOf(scene), isDisabled: true }),
  ],
  ["after sign-out", null, ({ ada }) => ada.post(PATHS.logout)],
  [
    "after the person was deleted",
    null,
    async (scene) => {
      const policy = peoplePolicy(scene.foyer.deps.config);
      const audit = { ...auditAt(scene.foyer.clock.now), actorId: "admin" };
      await scene.foyer.store.deletePerson({ userId: await userIdOf(scene), policy }, audit);
    },
  ],
  ["with a cookie that is none of ours", null, ({ ada }) => ada.cookies.set("session_id", "1")],
];

describe("HEAD /auth/auth_navbar says how many seconds are left", () => {
  for (const [what, left, run, env] of ROWS) {
    test(`${what}: ${left ?? "nothing"}`, async () => {
      const scene = await createScene(env);
      await run(scene);
      expect(await ask(scene.ada)).toBe(left);
    });
  }

  test("and is no activity with X-Background, however often it asks", async () => {
    const { foyer, ada } = await createScene();
    for (let left = 599; left > 0; left -= 1) {
      foyer.clock.pass(1000);
      expect(await ask(ada)).toBe(String(left));
    }
    foyer.clock.pass(1000);
    expect(await ask(ada)).toBeNull();
  });

  test("and is activity without it", async () => {
    const { foyer, ada } = await createScene();
    for (let times = 0; times < 10; times += 1) {
      foyer.clock.pass(595_000);
      expect(await ask(ada, {})).toBe("600");
    }
  });

  test("and brings the next token with it", async () => {
    const { foyer, ada } = await createScene();
    const before = ada.sessionToken;
    foyer.clock.pass(560_000);
    await ask(ada);
    expect(ada.sessionToken).toBe(before);
    await ask(ada, {});
    expect(ada.sessionToken).not.toBe(before);
    expect(await ask(ada)).toBe("600");
    foyer.clock.pass(60_000);
    expect(await ada.status()).toBe(200);
  });

  test("also when the activity could not be stored: then it has put nothing off", async () => {
    const { foyer, ada } = await createScene();
    foyer.clock.pass(550_000);
    const broken = async () => {
      throw Object.assign(new Error("disk full"), { name: "DatabaseError" });
    };
    const store = { ...foyer.store, recordActivity: broken };
    const { app } = await createFoyer({}, { store, clock: foyer.clock });
    const headers = { "hx-request": "true", cookie: `session_id=${ada.sessionToken}` };
    const request = new Request(`http://localhost${PATHS.navbar}`, { method: "HEAD", headers });
    const response = await app.handle(request);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signed-out-in")).toBe("50");
  });
});

describe("the warning in the navigation bar", () => {
  const WARNINGS: [maxAge: string, before: string | undefined, sentence: string][] = [
    ["86400", "60", "You have not been active for 23 hours."],
    ["7260", "60", "You have not been active for 2 hours."],
    ["600", "60", "You have not been active for 9 minutes."],
    ["3600", "60", "You have not been active for 59 minutes."],
    ["299", "59", "You have not been active for 4 minutes."],
    ["100", "20", "You have not been active for 80 seconds."],
    ["5", "1", "You have not been active for 4 seconds."],
    ["4", undefined, ""],
    ["1", undefined, ""],
  ];
  for (const [maxAge, before, sentence] of WARNINGS) {
    test(`with SESSION_MAX_AGE=${maxAge} comes ${before ?? "never: no"} seconds before`, async () => {
      const { ada } = await createScene({ SESSION_MAX_AGE: maxAge });
      const page = await parseResponse(await ada.fragment(PATHS.navbar));
      const template = page.querySelector("template#idle_warning");
      expect(template?.getAttribute("data-before") ?? undefined).toBe(before);
      expect(template?.innerHTML ?? "").toContain(sentence);
    });
  }

  test("is in the language of the request", async () => {
    const { ada } = await createScene();
    const headers = { "accept-language": "de" };
    const page = await parseResponse(await ada.fragment(PATHS.navbar, { headers }));
    const template = one(page, "template#idle_warning");
    expect(template.innerHTML).toContain("Sie waren 9 Minuten lang nicht aktiv.");
    expect(template.getAttribute("data-reminder_text")).toBe(
      "Sie werden in 20 Sekunden abgemeldet",
    );
  });

  test("is not sent to anonymous people", async () => {
    const { foyer } = await createScene();
    const page = await parseResponse(await foyer.visitor().fragment(PATHS.navbar));
    expect(one(page, "#auth_navbar").innerHTML).not.toContain("idle_warning");
  });
});
