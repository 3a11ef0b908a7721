import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import type { PersonAct } from "../../../db/contract/people.ts";
import type { SignIn } from "../../../db/contract/store.ts";
import type { StandInPerson } from "../../../src/google_stand_in/people.ts";
import { auditAt } from "../../fixture.ts";
import { hasPostgres } from "../../programs.ts";
import { sharedPostgres } from "../server.ts";
import { createMeeting, type Meeting } from "./meeting.ts";
import { newPerson } from "./people.ts";

setDefaultTimeout(30_000);

const NOW = 1_000_000;
const audit = auditAt(NOW);

let signIns = 0;

/** A sign-in with a nonce of its own. */
function signInOf({ sub, email, name }: StandInPerson, own: Partial<SignIn> = {}): SignIn {
  signIns += 1;
  return {
    identity: { sub, email, name, picture: null, hostedDomain: null },
    method: "btn",
    tokenHash: `token ${signIns}`,
    ...{ accessHash: null, bindingSecret: null, authenticatedAt: null, amr: null },
    previousTokenHash: null,
    nonceHash: `nonce ${signIns}`,
    tokenIssuedAt: NOW,
    nonceKeptUntil: NOW + 1000,
    expiresAt: NOW + 1000,
    idleEndsAt: NOW + 1000,
    invitation: "not_needed",
    ...own,
  };
}

/** An act on a person where nobody is an administrator by configuration. */
function actOn(userId: string): PersonAct {
  const admit = () => ({ mayEnter: true, isAdmin: false });
  return { userId, policy: { configuredAdmins: new Set(), admit } };
}

describe.skipIf(!hasPostgres)("two processes that meet at any query of an act", () => {
  let meeting: Meeting;
  beforeAll(async () => {
    await sharedPostgres();
    meeting = await createMeeting();
  }, 60_000);
  afterAll(() => meeting?.[Symbol.asyncDispose]());

  /** Somebody with an account and a session. */
  async function join() {
    const person = newPerson();
    const signIn = signInOf(person);
    const outcome = await meeting.second.signIn(signIn, audit);
    if (!outcome.signedIn) throw new Error(outcome.code);
    return { person, id: outcome.user.id, tokenHash: signIn.tokenHash };
  }

  async function joinAsAdmin() {
    const one = await join();
    await meeting.second.addAdmin(actOn(one.id), audit);
    return one;
  }

  /** What is left of a person in the audit log. */
  async function findTraces({ email, name }: StandInPerson): Promise<unknown[]> {
    const isTrace = (details: string) => details.includes(email) || details.includes(`"${name}"`);
    const rows: { details: string; email: string | null }[] = await meeting.sql`
      select details, email from audit_details union all select details, email from audit_pending`;
    return rows.filter((row) => isTrace(row.details) || row.email === email);
  }

  test("let in somebody invited who signs in from two tabs", async () => {
    await meeting.everywhere(async (meet) => {
      const person = newPerson();
      await meeting.second.invite(person.email, audit);
      const tab = () => signInOf(person, { invitation: "needed" });
      const outcomes = await meet(
        (store) => store.signIn(tab(), audit),
        (store) => store.signIn(tab(), audit),
      );
      expect(outcomes).toMatchObject([{ signedIn: true }, { signedIn: true }]);
    });
  });

  test("use a nonce once", async () => {
    await meeting.everywhere(async (meet) => {
      const own = { nonceHash: `one nonce ${(signIns += 1)}` };
      const outcomes = await meet(
        (store) => store.signIn(signInOf(newPerson(), own), audit),
        (store) => store.signIn(signInOf(newPerson(), own), audit),
      );
      const refused = outcomes.filter(({ signedIn }) => !signedIn);
      expect(refused).toEqual([{ signedIn: false, code: "nonce_reused" }]);
    });
  });

  test.each(["removeAdmin", "disable", "deletePerson"] as const)(
    "keep the last administrator: %s",
    async (act) => {
      await meeting.everywhere(async (meet) => {
        await meeting.sql`update users set admin_since = null`;
        const [one, other] = [await joinAsAdmin(), await joinAsAdmin()];
        const outcomes = await meet(
          (store) => store[act](actOn(one.id), audit),
          (store) => store[act](actOn(other.id), audit),
        );
        expect(outcomes.toSorted()).toEqual(["done", "last_administrator"]);
      });
    },
  );

  test("leave no live session to somebody who signs in and is disabled", async () => {
    await meeting.everywhere(async (meet) => {
      const { person, id } = await join();
      const signIn = signInOf(person);
      const [outcome] = await meet(
        (store) => store.disable(actOn(id), audit),
        (store) => store.signIn(signIn, audit),
      );
      expect(outcome).toBe("done");
      const live = await meeting.sql`
        select id from sessions where user_id = ${id} and ended_at is null`;
      expect([...live]).toEqual([]);
    });
  });

  test.each(["an event is recorded and chained", "the log is chained"])(
    "leave nothing of somebody who is deleted while %s",
    async (what) => {
      await meeting.everywhere(async (meet) => {
        const { person, id, tokenHash } = await join();
        const [outcome] = await meet(
          (store) => store.deletePerson(actOn(id), audit),
          async (store) => {
            if (what.includes("recorded")) await store.signOut(tokenHash, audit);
            return store.findLastSeq();
          },
        );
        expect(outcome).toBe("done");
        expect(await findTraces(person)).toEqual([]);
      });
    },
  );

  test.each(["sign-out", "refusal of a site"])(
    "leave nothing of somebody who is deleted during their %s",
    async (what) => {
      await meeting.everywhere(async (meet) => {
        const { person, id, tokenHash } = await join();
        const [, outcome] = await meet<unknown, unknown>(
          (store) =>
            what === "sign-out"
              ? store.signOut(tokenHash, audit)
              : store.recordSiteRefusal({ userId: id, site: "http://localhost:8080" }, audit),
          (store) => store.deletePerson(actOn(id), audit),
        );
        expect(outcome).toBe("done");
        expect(await findTraces(person)).toEqual([]);
        expect(await meeting.second.verifyAudit(0)).toMatchObject({ isWhole: true });
      });
    },
  );

  test("apply a security event once", async () => {
    await meeting.everywhere(async (meet) => {
      const { person, tokenHash } = await join();
      const act = {
        sub: person.sub,
        kind: "sessions-revoked",
        endsSessionsBefore: NOW + 1,
        disables: null,
      };
      const event = { jti: `event ${(signIns += 1)}`, issuedAt: NOW, acts: [act] };
      const outcomes = await meet(
        (store) => store.applySecurityEvent(event, audit),
        (store) => store.applySecurityEvent(event, audit),
      );
      expect(outcomes.map((ids) => ids.length).toSorted()).toEqual([0, 1]);
      expect(await meeting.second.findSession(tokenHash)).toBeNull();
    });
  });
});
