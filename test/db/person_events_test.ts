import { expect, test } from "bun:test";

import type { AuditFilter } from "../../db/contract/audit.ts";
import { auditAt } from "../fixture.ts";
import { describeStore } from "./describe_store.ts";
import { signInWith } from "./sign_ins.ts";

const POLICY = {
  configuredAdmins: new Set<string>(),
  admit: () => ({ mayEnter: true, isAdmin: false }),
};

/** Filters beside the person; 7 is in the middle of the log. */
const FILTERS: Omit<AuditFilter, "limit">[] = [
  {},
  { kind: "signed_in" },
  { kind: "disabled" },
  { before: 7 },
  { after: 7 },
  { before: 9, after: 2 },
  { since: 1004 },
  { since: 1003, until: 1008, kind: "enabled" },
];

describeStore("the events of a person", (createDatabase) => {
  test("are those whose subject or actor they are, each once, whatever else is asked", async () => {
    const store = await (await createDatabase()).open();
    let now = 1000;
    const audit = (actorId: string | null) => ({ ...auditAt((now += 1)), actorId });
    const people: string[] = [];
    for (const sub of ["1", "2"]) {
      const identity = { ...signInWith().identity, sub, email: `${sub}@a.example` };
      const signIn = signInWith({ identity, tokenHash: sub, nonceHash: sub });
      const outcome = await store.signIn(signIn, audit(null));
      people.push(outcome.signedIn ? outcome.user.id : "");
    }
    const [ada = "", grace = ""] = people;
    for (const [actor, userId] of [
      [ada, grace],
      [grace, ada],
      [ada, ada],
    ] as const) {
      await store.disable({ userId, policy: POLICY }, audit(actor));
      await store.enable({ userId, policy: POLICY }, audit(actor));
    }
    await store.invite("new@a.example", audit(ada));
    const all = await store.listEvents({ limit: 100 });
    expect(all.length).toBeGreaterThanOrEqual(9);
    for (const personId of people) {
      const isTheirs = ({ seq }: { seq: number }) =>
        [all.find((event) => event.seq === seq)].some(
          (event) => event?.actorId === personId || event?.subjectId === personId,
        );
      for (const filter of FILTERS) {
        const wanted = (await store.listEvents({ ...filter, limit: 100 })).filter(isTheirs);
        const found = await store.listEvents({ ...filter, personId, limit: 100 });
        expect(found, JSON.stringify(filter)).toEqual(wanted);
        const first = "after" in filter ? wanted.slice(-2) : wanted.slice(0, 2);
        expect(await store.listEvents({ ...filter, personId, limit: 2 })).toEqual(first);
      }
    }
  });
});
