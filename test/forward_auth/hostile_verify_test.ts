import { describe, expect, test } from "bun:test";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import {
  ADA,
  auditAt,
  CLIENT_ID,
  createFoyer,
  type Foyer,
  GRACE,
  setDisabled,
  sharedStandIn,
} from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";
import {
  ACCESS,
  createForwardAuth,
  FOYER,
  GRAFANA,
  guestOf,
  NAVIGATION,
  SETTINGS,
  signedIn,
  verify,
  WIKI,
} from "./scene.ts";

const IDENTITY = ["user", "email", "name", "admin"].map((name) => `x-auth-request-${name}`);

/** That an answer lets nobody in: by its status, and by what it says. */
async function expectClosed(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  for (const name of IDENTITY) expect(response.headers.has(name)).toBe(false);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(response.headers.get("cache-control")).toBe("no-store");
}

async function graceId({ store }: Foyer): Promise<string> {
  return (await store.findPeopleByEmail(GRACE.email))[0]?.id ?? "";
}

async function tellGoogle(foyer: Foyer, kind: "account-disabled" | "sessions-revoked") {
  const google = await sharedStandIn();
  const body = await google.issueSecurityEvent({ kind, person: GRACE, clientId: CLIENT_ID });
  const headers = { "content-type": "application/secevent+jwt" };
  await foyer.visitor().send("/auth/risc", { method: "POST", headers, body });
}

const LIFETIME_MS = 3_600_000;

describe("a proxy’s question is closed", () => {
  type End = (scene: { foyer: Foyer; visitor: Visitor }) => unknown;
  const ENDS: Record<string, End> = {
    "signing out": ({ visitor }) => visitor.clone().post("/auth/logout"),
    "signing out at an application": ({ visitor }) => visitor.clone().post("/auth/sign_out"),
    "another sign-in of the browser": async ({ visitor }) => {
      const nonce = await visitor.anonymousNonce();
      expect((await visitor.clone().signIn(ADA, { nonce })).status).toBe(200);
    },
    "an administrator who ends all sessions": async ({ foyer }) => {
      const userId = await graceId(foyer);
      await foyer.store.endSessionsOf({ userId, exceptId: null }, auditAt(foyer.clock.now));
    },
    "an administrator who disables and enables": async ({ foyer }) => {
      const userId = await graceId(foyer);
      for (const isDisabled of [true, false]) await setDisabled(foyer, { userId, isDisabled });
    },
    "Google that revokes sessions": ({ foyer }) => tellGoogle(foyer, "sessions-revoked"),
    "Google that disables the account": ({ foyer }) => tellGoogle(foyer, "account-disabled"),
    idling: ({ foyer }) => foyer.clock.pass(600_000),
    "a whole lifetime of use": async ({ foyer, visitor }) => {
      for (let time = 0; time < LIFETIME_MS; time += 590_000) {
        foyer.clock.pass(590_000);
        await verify(guestOf(visitor));
      }
    },
    "a clock that goes far ahead and back": async ({ foyer, visitor }) => {
      foyer.clock.pass(700_000);
      await verify(guestOf(visitor));
      foyer.clock.pass(-700_000);
    },
    "a copy of an older session cookie": async ({ foyer, visitor }) => {
      const [thief, owner] = [visitor.clone(), visitor.clone()];
      foyer.clock.pass(301_000);
      for (let time = 0; time < 2; time += 1) await owner.fragment("/htmx/account");
      foyer.clock.pass(31_000);
      expect(await thief.status()).toBe(401);
    },
  };
  for (const [what, end] of Object.entries(ENDS)) {
    test(`after ${what}`, async () => {
      const foyer = await createForwardAuth({ SESSION_LIFETIME: `${LIFETIME_MS / 1000}` });
      const visitor = await signedIn(foyer, GRACE);
      const guest = guestOf(visitor);
      expect((await verify(guest)).status).toBe(200);
      await end({ foyer, visitor });
      await expectClosed(await verify(guest), 401);
    });
  }
});

describe("a proxy’s question", () => {
  const shared = createForwardAuth();
  const METHODS: [method: string, signedIn: number, stranger: number][] = [
    ["HEAD", 200, 401],
    ["OPTIONS", 405, 405],
    ["POST", 405, 405],
    ["PUT", 405, 405],
    ["DELETE", 405, 405],
    ["PROPFIND", 405, 405],
  ];
  for (const [method, status, strange] of METHODS) {
    test(`by ${method} is answered with ${status} and ${strange}`, async () => {
      const foyer = await shared;
      const headers = { "x-foyer-origin": WIKI };
      const guest = guestOf(await signedIn(foyer, GRACE));
      expect((await guest.send("/auth/verify", { method, headers })).status).toBe(status);
      const stranger = await foyer.visitor().send("/auth/verify", { method, headers });
      await expectClosed(stranger, strange);
    });
  }

  test("by a post of another site is closed", async () => {
    const guest = guestOf(await signedIn(await shared, GRACE));
    const headers = { "x-foyer-origin": WIKI, "sec-fetch-site": "cross-site" };
    await expectClosed(await guest.send("/auth/verify", { method: "POST", headers }), 403);
  });

  test("that says the origin twice is closed, whoever has said it first", async () => {
    const guest = guestOf(await signedIn(await shared, GRACE));
    for (const site of [`${WIKI}, ${WIKI}`, `${GRAFANA}, ${WIKI}`, `${WIKI} ${WIKI}`]) {
      const response = await verify(guest, { site });
      await expectClosed(response, 403);
      expect(await codeOf(response)).toBe("unknown_site");
    }
  });

  const COOKIES = [
    "",
    "x",
    "a".repeat(42),
    "a".repeat(44),
    `${"a".repeat(42)}%3D`,
    "[1]",
    "__proto__",
  ];
  for (const cookie of [...COOKIES, "a".repeat(43), "a".repeat(15_000)]) {
    test(`with the cookie ${JSON.stringify(cookie.slice(0, 50))} is a stranger’s`, async () => {
      const visitor = (await shared).visitor();
      visitor.cookies.set(ACCESS, cookie);
      await expectClosed(await verify(visitor), 401);
    });
  }

  test("while the database is away is closed, with a page for people", async () => {
    const foyer = await createForwardAuth();
    const guest = guestOf(await signedIn(foyer, GRACE));
    await foyer.store.close();
    const response = await verify(guest);
    await expectClosed(response, 503);
    expect(await codeOf(response)).toBe("database_unavailable");
    const page = await verify(guest, { headers: NAVIGATION });
    await expectClosed(page, 503);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("a refusal at a protected application", () => {
  const refusals = ({ store }: Foyer) => store.listEvents({ kind: "site_refusal", limit: 100 });

  test("is one line an hour, person and application, however many ask at once", async () => {
    const foyer = await createForwardAuth({
      FORWARD_AUTH_ORIGINS: `${GRAFANA} admins, ${WIKI} admins`,
      ADMIN_EMAILS: "",
    });
    const guests = [guestOf(await signedIn(foyer, ADA)), guestOf(await signedIn(foyer, GRACE))];
    const ask = (site: string, path = "/auth/verify") =>
      Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (guests[index % 2] as Visitor).send(path, { headers: { "x-foyer-origin": site } }),
        ),
      );
    for (const site of [GRAFANA, WIKI, GRAFANA, WIKI]) {
      expect((await ask(site)).every(({ status }) => status === 403)).toBe(true);
    }
    const events = await refusals(foyer);
    const lines = events.map(({ subjectId, details }) => `${subjectId} ${details?.site}`);
    expect([lines.length, new Set(lines).size]).toEqual([4, 4]);
    expect(events.every(({ actorId }) => actorId === null)).toBe(true);
  });

  test("is one also where the audit log cannot be written, and the log says so", async () => {
    const closed = openSqlite(":memory:", MACHINE);
    closed.close();
    const store = openSqlite(":memory:", MACHINE);
    const recordSiteRefusal: typeof store.recordSiteRefusal = (...refusal) =>
      closed.recordSiteRefusal(...refusal);
    const foyer = await createFoyer(SETTINGS, { store: { ...store, recordSiteRefusal } });
    const response = await verify(guestOf(await signedIn(foyer, GRACE)), { site: GRAFANA });
    await expectClosed(response, 403);
    expect(await codeOf(response)).toBe("site_not_allowed");
    expect(foyer.logLines.join()).toContain('"event":"refusal_not_recorded"');
  });
});

describe("the headers that say who visits", () => {
  const shared = createForwardAuth();
  type Row = [what: string, name: string, email: string, shown: string | null];
  /** A longer one gets no token accepted. */
  const LONG = `${"a".repeat(244)}@gmail.com`;
  const ROWS: Row[] = [
    ["a line break in a name", "A\r\nX-Auth-Request-User: 1", GRACE.email, GRACE.email],
    // Line breaks, blanks and most signs: such an address does not get in.
    ["signs in an address", "A", "&'!#$%*/?^`{|}~@gmail.com", "&'!#$%*/?^`{|}~@gmail.com"],
    ["letters in an address", "A", "zoë@gmail.com", null],
    ["a long address", "A", LONG, LONG],
    ["a long name", "a".repeat(2000), GRACE.email, GRACE.email],
    ["a long name of other letters", "王".repeat(700), GRACE.email, GRACE.email],
    ["a name cut within a letter", `${"a".repeat(199)}👩‍🚀`, GRACE.email, GRACE.email],
    ["control characters", "\u0000\u0007\u001b[31m\u2028", GRACE.email, GRACE.email],
  ];
  for (const [what, name, email, shown] of ROWS) {
    test(`hold visible ASCII, and fit into 4 KB with ${what}`, async () => {
      const guest = guestOf(await signedIn(await shared, { ...GRACE, name, email }));
      const response = await verify(guest);
      expect(response.status).toBe(200);
      const { headers } = response;
      const said = [...headers].map((pair) => pair.join(": ")).join("\r\n");
      expect(said.length).toBeLessThan(4000);
      expect(headers.get("x-auth-request-email")).toBe(shown);
      expect(headers.get("x-auth-request-admin")).toBe("false");
      const encoded = headers.get("x-auth-request-name") ?? "";
      expect(encoded).toMatch(/^[\x21-\x7e]+$/);
      const stored = name.replaceAll("\0", "\uFFFD");
      expect(stored.slice(0, 199)).toContain(decodeURIComponent(encoded).slice(0, 199));
    });
  }
});

test("an old session cookie at a proxy of Foyer’s own host ends the session, as everywhere", async () => {
  const own = `${FOYER}:8443`;
  const env = { ORIGIN: FOYER, FORWARD_AUTH_ORIGINS: `${own} members` };
  const foyer = await createFoyer(env);
  const owner = await signedIn(foyer, GRACE);
  const thief = owner.clone();
  foyer.clock.pass(301_000);
  for (let time = 0; time < 2; time += 1) await owner.fragment("/htmx/account");
  expect(owner.sessionToken).not.toBe(thief.sessionToken);
  foyer.clock.pass(31_000);
  await expectClosed(await verify(thief, { site: own }), 401);
  await expectClosed(await verify(owner, { site: own }), 401);
  const events = await foyer.store.listEvents({ kind: "session_ended_by_suspicion", limit: 9 });
  expect(events).toHaveLength(1);
});
