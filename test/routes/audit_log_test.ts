import { describe, expect, test } from "bun:test";

import { quoteCell } from "../../src/pages/audit_export.ts";
import { PATHS } from "../../src/paths.ts";
import { createDeviceKey, DbscBrowser } from "../dbsc_browser.ts";
import { ADA, auditAt, createFoyer, type Foyer, GRACE, KATHERINE, MALLORY } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

const HOUR_MS = 3_600_000;

async function act(
  visitor: Visitor,
  method: string,
  path: string,
  fields?: Record<string, string>,
) {
  const headers = { "x-signed-in-as": await visitor.shownSession() };
  const body = fields && new URLSearchParams(fields);
  return visitor.send(path, { method, headers, ...(body ? { body } : {}) });
}

const kinds = async ({ store }: Pick<Foyer, "store">) =>
  (await store.listEvents({ limit: 1000 })).map(({ kind }) => kind);

describe("the audit log", () => {
  test("has an event for every route that changes something", async () => {
    const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email, ORIGIN: "https://localhost" });
    const [ada, grace, other] = [foyer.visitor(), foyer.visitor(), foyer.visitor()];
    await ada.signIn(ADA);
    await grace.signIn(GRACE);
    const [found] = await foyer.store.findPeopleByEmail(GRACE.email);
    const graceId = found?.id ?? "";
    const path = (rest: string) => `${PATHS.people}/${graceId}${rest}`;
    const invitation = `${PATHS.invitations}?email=x@gmail.com`;
    const ownSession = async () => {
      await other.signIn(ADA);
      return act(ada, "DELETE", `${PATHS.accountSessions}/${await other.shownSession()}`);
    };
    /** Each route, how to make it change something, and its event. */
    const ROUTES: Record<string, [change: () => Promise<Response>, kind: string]> = {
      "POST /auth/login": [() => foyer.visitor().signIn(KATHERINE), "signed_in"],
      "POST /auth/logout": [
        async () => {
          await other.signIn(ADA);
          return act(other, "POST", PATHS.logout);
        },
        "signed_out",
      ],
      "POST /auth/sign_out": [
        async () => {
          await other.signIn(ADA);
          return other.post(PATHS.signOut);
        },
        "signed_out",
      ],
      "POST /auth/binding": [
        async () => new DbscBrowser(foyer.visitor(), await createDeviceKey()).signInBound(ADA),
        "session_bound",
      ],
      "POST /auth/callback": [() => signInByLink(foyer), "signed_in"],
      "POST /auth/risc": [() => deliverEvent(foyer), "security_event"],
      "DELETE /account/sessions/:id": [ownSession, "session_ended"],
      "GET /account/export": [() => ada.send(PATHS.accountExport), "exported"],
      "GET /admin/record": [() => ada.send(`${PATHS.auditExport}?format=csv`), "exported"],
      "POST /admin/invitations": [
        () => act(ada, "POST", PATHS.invitations, { email: "x@gmail.com" }),
        "invited",
      ],
      "DELETE /admin/invitations": [() => act(ada, "DELETE", invitation), "invitation_withdrawn"],
      "PUT /admin/people/:id/administrator": [
        () => act(ada, "PUT", path("/administrator")),
        "administrator_made",
      ],
      "DELETE /admin/people/:id/administrator": [
        () => act(ada, "DELETE", path("/administrator")),
        "administrator_unmade",
      ],
      "DELETE /admin/people/:id/sessions": [
        () => act(ada, "DELETE", path("/sessions")),
        "sessions_ended",
      ],
      "PUT /admin/people/:id/disabled": [() => act(ada, "PUT", path("/disabled")), "disabled"],
      "DELETE /admin/people/:id/disabled": [() => act(ada, "DELETE", path("/disabled")), "enabled"],
      "DELETE /account/sessions": [
        async () => {
          await grace.signIn(GRACE, { nonce: await grace.anonymousNonce() });
          return act(grace, "DELETE", PATHS.accountSessions);
        },
        "sessions_ended",
      ],
      "DELETE /admin/people/:id": [() => act(ada, "DELETE", path("")), "deleted"],
      "DELETE /account": [
        async () => {
          await grace.signIn(GRACE, { nonce: await grace.anonymousNonce() });
          return act(grace, "DELETE", PATHS.account);
        },
        "deleted",
      ],
    };
    const exports: string[] = [PATHS.accountExport, PATHS.auditExport];
    const changing = foyer.app.routes
      .filter(({ method, path: pattern }) => method !== "GET" || exports.includes(pattern))
      .map(({ method, path: pattern }) => `${method} ${pattern}`)
      // A device proves every ten minutes that it still is the one.
      .filter((route) => route !== "POST /auth/binding/refresh");
    expect(Object.keys(ROUTES).toSorted()).toEqual(changing.toSorted());
    for (const [route, [change, kind]] of Object.entries(ROUTES)) {
      const { status } = await change();
      const [newest] = await foyer.store.listEvents({ limit: 1 });
      const isOfNobody = newest?.kind === "deleted" || route === "GET /admin/record";
      if (!isOfNobody) expect(newest?.details?.email).toContain("@");
      expect({ route, status: status < 400, kind: newest?.kind }).toEqual({
        route,
        status: true,
        kind: kind as never,
      });
    }
    expect(await foyer.store.verifyAudit()).toMatchObject({ isWhole: true });
  });

  test("records sessions ended by suspicion or by policy", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const thief = visitor.clone();
    foyer.clock.pass(300_000);
    await visitor.fragment("/htmx/content.secret1");
    await visitor.fragment("/htmx/content.secret1");
    foyer.clock.pass(31_000);
    expect(await thief.status()).toBe(401);
    expect(await kinds(foyer)).toEqual(["session_ended_by_suspicion", "signed_in"]);
    await visitor.signIn(ADA, { nonce: await visitor.anonymousNonce() });
    const tight = await createFoyer({ ALLOWED_EMAILS: GRACE.email }, { store: foyer.store });
    const moved = tight.visitor();
    for (const [name, value] of visitor.cookies) moved.cookies.set(name, value);
    expect(await moved.status()).toBe(401);
    expect(await visitor.status()).toBe(401);
    expect((await kinds(foyer))[0]).toBe("session_ended_by_policy");
  });

  test("records a refusal by policy once per person, code and hour, and only counts all others", async () => {
    const foyer = await createFoyer({ ALLOWED_EMAILS: GRACE.email });
    const visitor = foyer.visitor();
    for (let times = 0; times < 5; times += 1) {
      expect((await visitor.signIn(ADA)).status).toBe(403);
      await visitor.signIn(MALLORY);
      await visitor.post(PATHS.login, { credential: `a.b.${times}` });
    }
    expect(await kinds(foyer)).toEqual(["policy_refusal", "policy_refusal"]);
    foyer.clock.pass(HOUR_MS);
    await visitor.signIn(ADA);
    expect(await kinds(foyer)).toHaveLength(3);
    await foyer.deps.refusals.flush();
    const { days } = await foyer.store.readCounters({ now: foyer.clock.now, sinceDay: "" });
    const total = (code: string) =>
      days.filter((day) => day.code === code).reduce((sum, { count }) => sum + count, 0);
    expect(total("email_not_allowed")).toBe(6);
    expect(total("email_unverified")).toBe(5);
    expect(total("malformed_credential")).toBe(5);
  });

  test("is exported as JSON Lines and CSV, page by page, without formulas", async () => {
    const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email });
    const ada = foyer.visitor();
    const hostile = { ...GRACE, sub: "7", name: '=HYPERLINK("http://evil"),\n"x"' };
    await foyer.visitor().signIn(hostile);
    await ada.signIn(ADA);
    for (let number = 0; number < 600; number += 1) {
      await foyer.store.invite(`${number}@gmail.com`, auditAt(foyer.clock.now));
    }
    const lines = await (await ada.send(`${PATHS.auditExport}?format=jsonl`)).text();
    const events = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ seq }) => seq)).toEqual(
      // The download itself is the newest event.
      Array.from({ length: 603 }, (_, index) => 603 - index),
    );
    const csv = await ada.send(`${PATHS.auditExport}?format=csv&kind=signed_in`);
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const text = await csv.text();
    expect(text.split("\r\n")).toHaveLength(4);
    expect(text).toContain(`"'=HYPERLINK(""http://evil""),\n""x"""`);
    expect(text).not.toMatch(/"[=+@-]/);
  });

  const CELLS: [value: unknown, cell: string][] = [
    ["=1+1", `"'=1+1"`],
    ["+1", `"'+1"`],
    ["-1", `"'-1"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["\t=1", `"'\t=1"`],
    ["\r=1", `"'\r=1"`],
    ["\n=1", `"'\n=1"`],
    ["\t", `"'\t"`],
    // A spreadsheet skips what stands before a formula, or reads other signs as the plain ones.
    ["\0=1", `"'\0=1"`],
    [" =1", `"' =1"`],
    ["\u00a0\u200b\ufeff\u202e=1", `"'\u00a0\u200b\ufeff\u202e=1"`],
    ["＝1+1", `"'＝1+1"`],
    ["＋1", `"'＋1"`],
    ["－1", `"'－1"`],
    ["＠SUM(A1)", `"'＠SUM(A1)"`],
    ["\0 ＝1", `"'\0 ＝1"`],
    ["﹣1", `"'﹣1"`],
    [" Ada = 1", `" Ada = 1"`],
    ["", `""`],
    ['a"b', `"a""b"`],
    ["a,b", `"a,b"`],
    [null, `""`],
    [undefined, `""`],
    [0, `"0"`],
    ["Ada", `"Ada"`],
  ];
  for (const [value, cell] of CELLS) {
    test(`writes ${JSON.stringify(value)} as ${cell}`, () => expect(quoteCell(value)).toBe(cell));
  }

  const WRONG = [
    "kind=nothing",
    "kind=__proto__",
    "since=yesterday",
    "since=2026-13-40",
    "before=-1",
    "before=x",
    "kind=signed_in&kind=deleted",
    "until=20261125",
  ];
  for (const query of WRONG) {
    test(`refuses ?${query}`, async () => {
      const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email });
      const ada = foyer.visitor();
      await ada.signIn(ADA);
      expect((await ada.fragment(`/htmx/record?${query}`)).status).toBe(400);
      expect((await ada.send(`${PATHS.auditExport}?format=csv&${query}`)).status).toBe(400);
      expect((await ada.send(`${PATHS.auditExport}?format=exe`)).status).toBe(400);
    });
  }
});

/** Sends Google's event that Ada must change a credential. */
async function deliverEvent({ google, app, deps, clock }: Foyer): Promise<Response> {
  const clientId = deps.config.googleClientId;
  const kind = "account-credential-change-required";
  const body = await google.issueSecurityEvent({ kind, person: ADA, clientId, now: clock.now });
  const headers = { "content-type": "application/secevent+jwt" };
  return app.handle(
    new Request(`http://localhost${PATHS.risc}`, { method: "POST", headers, body }),
  );
}

/** Signs Ada in with the link, which needs no script. */
async function signInByLink(foyer: Foyer): Promise<Response> {
  const visitor = foyer.visitor();
  const leaving = await visitor.send(PATHS.google);
  const query = new URL(leaving.headers.get("location") ?? "").searchParams;
  const id_token = await visitor.credential(ADA, { nonce: query.get("nonce") ?? "" });
  return visitor.post(PATHS.callback, { id_token, state: query.get("state") ?? "" });
}
