import { describe, expect, test } from "bun:test";

import type { AppStore } from "../../db/contract/app_store.ts";
import type { AuditContext } from "../../db/contract/audit.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { peoplePolicy } from "../../src/auth/admission.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, auditAt, createFoyer, GRACE, KATHERINE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";
import { act, person } from "./admin_scene.ts";

/** Something that happens between the check of a request and its act in the database. */
type Interruption = (() => Promise<unknown>) | null;

/** Ada and Grace are administrators, Katherine is a member. `interrupt` is called once, just before Grace's next act. */
async function createScene() {
  const real = openSqlite(":memory:", MACHINE);
  const scene = { interrupt: null as Interruption };
  const store = new Proxy(real, {
    get: (target, name: keyof AppStore) => {
      const method = target[name];
      if (typeof method !== "function") return method;
      return async (...values: unknown[]) => {
        const { authority } = (values.at(-1) ?? {}) as Partial<AuditContext>;
        const { interrupt } = scene;
        if (authority) scene.interrupt = null;
        if (authority) await interrupt?.();
        return (method as (...all: unknown[]) => unknown).apply(target, values);
      };
    },
  });
  const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email }, { store });
  const [ada, grace, katherine] = [foyer.visitor(), foyer.visitor(), foyer.visitor()];
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  await katherine.signIn(KATHERINE);
  const idOf = async (email: string) => (await real.findPeopleByEmail(email))[0]?.id ?? "";
  const [graceId, katherineId] = [await idOf(GRACE.email), await idOf(KATHERINE.email)];
  const audit = auditAt(foyer.clock.now);
  const policy = peoplePolicy(foyer.deps.config);
  const onGrace = { userId: graceId, policy };
  await real.addAdmin(onGrace, audit);
  await real.invite("x@gmail.com", audit);
  const byGrace = async () =>
    (await real.listEvents({ personId: graceId, limit: 99 }))
      .filter(({ actorId, kind }) => actorId === graceId && kind !== "signed_in")
      .map(({ kind }) => kind);
  return { ...foyer, scene, real, grace, ada, graceId, katherineId, onGrace, audit, byGrace };
}

type Scene = Awaited<ReturnType<typeof createScene>>;

/** How Grace loses her rights, and what she is told then. */
const LOSSES: Record<string, [lose: (scene: Scene) => Promise<unknown>, code: string]> = {
  "is disabled": [({ real, onGrace, audit }) => real.disable(onGrace, audit), "user_disabled"],
  "is no administrator any more": [
    ({ real, onGrace, audit }) => real.removeAdmin(onGrace, audit),
    "not_administrator",
  ],
  "is signed out": [
    ({ real, graceId, audit }) => real.endSessionsOf({ userId: graceId, exceptId: null }, audit),
    "not_signed_in",
  ],
  "is deleted": [({ real, onGrace, audit }) => real.deletePerson(onGrace, audit), "not_signed_in"],
  "is disabled by Google": [
    ({ real, audit }) => {
      const act = { sub: GRACE.sub, kind: "account_disabled", endsSessionsBefore: null };
      const acts = [{ ...act, disables: { reason: "" } }];
      return real.applySecurityEvent({ jti: "1", issuedAt: audit.now, acts }, audit);
    },
    "not_signed_in",
  ],
};

type GraceAct = (grace: Visitor, scene: Scene) => Promise<Response>;

const onKatherine =
  (method: string, rest = ""): GraceAct =>
  (grace, { katherineId }) =>
    act(grace, method, person(katherineId, rest));

const ADMIN_ACTS: Record<string, GraceAct> = {
  disables: onKatherine("PUT", "/disabled"),
  "makes an administrator": onKatherine("PUT", "/administrator"),
  "signs somebody out": onKatherine("DELETE", "/sessions"),
  deletes: onKatherine("DELETE"),
  invites: (grace) => act(grace, "POST", PATHS.invitations, { email: "y@gmail.com" }),
  "revokes an invitation": (grace) =>
    act(grace, "DELETE", `${PATHS.invitations}?email=x@gmail.com`),
  "exports the audit log": (grace) => grace.send(`${PATHS.auditExport}?format=csv`),
};

const OWN_ACTS: Record<string, GraceAct> = {
  "ends her sessions": (grace) => act(grace, "DELETE", PATHS.accountSessions),
  "ends her session": async (grace) =>
    act(grace, "DELETE", `${PATHS.accountSessions}/${await grace.shownSession()}`),
  "exports her data": (grace) => grace.send(PATHS.accountExport),
  "deletes her account": (grace) => act(grace, "DELETE", PATHS.account),
};

describe("an act whose actor, in the same moment,", () => {
  for (const [loss, [lose, code]] of Object.entries(LOSSES)) {
    const isRoleOnly = code === "not_administrator";
    for (const [what, doAct] of Object.entries(
      isRoleOnly ? ADMIN_ACTS : { ...ADMIN_ACTS, ...OWN_ACTS },
    )) {
      test(`${loss} changes nothing: ${what}`, async () => {
        const all = await createScene();
        const { scene, real, grace, byGrace, katherineId } = all;
        scene.interrupt = () => lose(all);
        const refused = await doAct(grace, all);
        expect(scene.interrupt).toBeNull();
        expect(await codeOf(refused)).toBe(code);
        expect(await byGrace()).toEqual([]);
        expect(await real.findPerson(katherineId)).toMatchObject({ disabledAt: null });
        expect((await real.listInvitations(all.clock.now)).map(({ email }) => email)).toEqual([
          "x@gmail.com",
        ]);
        expect(await real.verifyAudit()).toMatchObject({ isWhole: true });
      });
    }
  }

  test("is no administrator any more may still do what members do", async () => {
    const all = await createScene();
    all.scene.interrupt = () => all.real.removeAdmin(all.onGrace, all.audit);
    expect((await all.grace.send(PATHS.accountExport)).status).toBe(200);
    expect(await all.byGrace()).toEqual(["exported"]);
  });
});

test("every act that says who acts asks for the right again", async () => {
  const source = await Bun.file(`${import.meta.dir}/../../db/store.ts`).text();
  expect(source).toMatch(/change\(audit, /);
  expect(source).not.toMatch(/write\(.*\baudit\b(?!, act\))/);
});

test("of two administrators who disable each other in one tick, one succeeds", async () => {
  const { ada, grace, graceId, real } = await createScene();
  const adaId = (await real.findPeopleByEmail(ADA.email))[0]?.id ?? "";
  const put = async (visitor: Visitor, id: string) => {
    const headers = { "x-signed-in-as": await visitor.shownSession() };
    return () => visitor.send(person(id, "/disabled"), { method: "PUT", headers });
  };
  const acts = [await put(ada, graceId), await put(grace, adaId)];
  const answers = await Promise.all(acts.map((send) => send()));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
  const both = await Promise.all([graceId, adaId].map((id) => real.findPerson(id)));
  expect(both.filter((one) => one?.disabledAt !== null)).toHaveLength(1);
});
