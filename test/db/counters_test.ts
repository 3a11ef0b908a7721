import { expect, test } from "bun:test";

import type { AppStore } from "../../db/contract/app_store.ts";
import type { SecurityAct } from "../../db/contract/security_event.ts";
import { Chance } from "../chance.ts";
import { auditAt } from "../fixture.ts";
import { describeSharedStore } from "./describe_store.ts";
import { readCounted } from "./miscount.ts";
import { signInWith } from "./sign_ins.ts";

// Administrators see numbers that nobody counts any more. Whatever happens, they are what a count would say.

const SEED = 20261126;
const STEPS = 120;
const MINUTE = 60_000;

const policy = {
  configuredAdmins: new Set<string>(),
  admit: () => ({ mayEnter: true, isAdmin: true }),
};

/** What changes a number, at random. */
function randomSteps(store: AppStore, chance: Chance) {
  let now = Date.UTC(2026, 10, 26);
  let signIns = 0;
  const people: string[] = [];
  const audit = () => auditAt(now);
  const act = () => ({ userId: chance.pick(people), policy });
  const google = (disables: SecurityAct["disables"]) => {
    const change = { kind: "account_disabled", endsSessionsBefore: null, disables };
    const acts = [{ ...change, sub: `sub ${chance.below(12)}` }];
    return store.applySecurityEvent({ jti: `${now}`, issuedAt: now, acts }, audit());
  };
  const steps = {
    async signIn() {
      const number = (signIns += 1);
      const outcome = await store.signIn(
        signInWith({
          identity: { ...signInWith().identity, sub: `sub ${chance.below(12)}` },
          tokenHash: `token ${number}`,
          nonceHash: `nonce ${number}`,
          previousTokenHash: chance.percent(30) ? `token ${chance.below(number)}` : null,
          tokenIssuedAt: now,
          nonceKeptUntil: now + MINUTE,
          idleEndsAt: now + chance.below(30) * MINUTE,
          expiresAt: now + 60 * MINUTE,
        }),
        audit(),
      );
      if (outcome.signedIn) people.push(outcome.user.id);
    },
    signOut: () => store.signOut(`token ${chance.below(signIns + 1)}`, audit()),
    disable: () => store.disable(act(), audit()),
    enable: () => store.enable(act(), audit()),
    disableByGoogle: () => google({ reason: "hijacking" }),
    enableByGoogle: () => google("lifted"),
    endSessions: () => store.endSessionsOf({ ...act(), exceptId: null }, audit()),
    deletePerson: () => store.deletePerson(act(), audit()),
    sweep: () => store.deleteExpired(now),
    look: () => store.findLastSeq(),
  };
  const names = Object.keys(steps) as (keyof typeof steps)[];
  return async () => {
    now += (1 + chance.below(5)) * MINUTE;
    const isSignIn = people.length === 0 || chance.percent(30);
    await steps[isSignIn ? "signIn" : chance.pick(names)]();
    return now;
  };
}

describeSharedStore("the counters", (createDatabase) => {
  test(`are what a count says, after ${STEPS} random acts (seed ${SEED})`, async () => {
    const database = await createDatabase();
    const store = await database.open();
    const seen = new Set<string>();
    const step = randomSteps(store, new Chance(SEED));
    for (let done = 0; done < STEPS; done += 1) {
      const now = await step();
      if (done % 10 !== 9) continue;
      const { kept, counted } = await readCounted(database.sql);
      expect(kept).toEqual(counted);
      for (const [name, count] of kept) if (Number(count) > 0) seen.add(String(name));
      const [row = []] = await database.sql.read(
        `SELECT count(*) FROM sessions WHERE ended_at IS NULL AND ends_at > ${now}`,
      );
      const { sessions } = await store.readCounters({ now, sinceDay: "2026-01-01" });
      expect([sessions, (await store.readFigures(now)).sessions]).toEqual([
        row[0],
        row[0],
      ] as never);
    }
    expect([...seen].toSorted()).toEqual(["disabled", "disabled_by_google", "people", "sessions"]);
  }, 30_000);
});
