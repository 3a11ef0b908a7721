import { describe, expect, test } from "bun:test";

import type { Environment } from "../../src/config.ts";
import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { ADA, auditAt, createFoyer, EDSGER, GRACE, KATHERINE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

const CLOSED: Environment = { SIGN_UP: "closed" };

type Outcome = "in" | "sign_up_closed" | "email_not_allowed" | "domain_not_allowed";

/** The person, whether they have an account, the invited address, the settings, and the outcome. */
const TABLE: [
  who: StandInPerson,
  known: boolean,
  invited: string,
  env: Environment,
  outcome: Outcome,
][] = [
  [ADA, false, "", {}, "in"],
  [ADA, false, "", CLOSED, "sign_up_closed"],
  [ADA, true, "", CLOSED, "in"],
  [ADA, false, ADA.email, CLOSED, "in"],
  [{ ...ADA, email: "ADA.Lovelace@GMAIL.com" }, false, ADA.email, CLOSED, "in"],
  [ADA, false, GRACE.email, CLOSED, "sign_up_closed"],
  [{ ...ADA, email: "ada.lovelace+x@gmail.com" }, false, ADA.email, CLOSED, "sign_up_closed"],
  [{ ...ADA, email: "adalovelace@gmail.com" }, false, ADA.email, CLOSED, "sign_up_closed"],
  [{ ...ADA, email: "ada.lovelace@googlemail.com" }, false, ADA.email, CLOSED, "sign_up_closed"],
  [{ ...ADA, email: "аda.lovelace@gmail.com" }, false, ADA.email, CLOSED, "sign_up_closed"],
  // Google is not authoritative for this address.
  [EDSGER, false, EDSGER.email, CLOSED, "sign_up_closed"],
  [{ ...EDSGER, hostedDomain: "elsewhere.example" }, false, EDSGER.email, CLOSED, "in"],
  [KATHERINE, false, KATHERINE.email, CLOSED, "in"],
  [
    { ...KATHERINE, hostedDomain: undefined } as never,
    false,
    KATHERINE.email,
    CLOSED,
    "sign_up_closed",
  ],
  // An administrator by configuration needs no invitation.
  [ADA, false, "", { ...CLOSED, ADMIN_EMAILS: ADA.email }, "in"],
  [EDSGER, false, "", { ...CLOSED, ADMIN_EMAILS: EDSGER.email }, "sign_up_closed"],
  // An invitation overrides no other rule.
  [ADA, false, ADA.email, { ...CLOSED, ALLOWED_EMAILS: GRACE.email }, "email_not_allowed"],
  [
    ADA,
    false,
    ADA.email,
    { ...CLOSED, GOOGLE_HOSTED_DOMAIN: "orbit.example" },
    "domain_not_allowed",
  ],
  [KATHERINE, false, "", { ...CLOSED, GOOGLE_HOSTED_DOMAIN: "orbit.example" }, "sign_up_closed"],
  [KATHERINE, true, "", { ...CLOSED, GOOGLE_HOSTED_DOMAIN: "orbit.example" }, "in"],
  [ADA, true, "", { ...CLOSED, ALLOWED_EMAILS: GRACE.email }, "email_not_allowed"],
  [ADA, false, "", { ...CLOSED, ALLOWED_EMAILS: ADA.email }, "sign_up_closed"],
];

describe("sign-up", () => {
  for (const [who, known, invited, env, outcome] of TABLE) {
    const settings = JSON.stringify(env);
    test(`${who.email}, ${known ? "known" : "new"}, invited: "${invited}", ${settings}: ${outcome}`, async () => {
      const before = await createFoyer();
      const { store } = before;
      if (known) await before.visitor().signIn(who);
      if (invited) {
        await store.invite(invited, auditAt(before.clock.now));
      }
      const response = await (await createFoyer(env, { store })).visitor().signIn(who);
      expect(response.status).toBe(outcome === "in" ? 200 : 403);
      if (outcome !== "in") expect(await codeOf(response)).toBe(outcome);
    });
  }

  test("logs why an invitation did not count", async () => {
    const foyer = await createFoyer(CLOSED);
    await foyer.visitor().signIn(EDSGER);
    expect(foyer.logLines.join("\n")).toContain("Google is not authoritative for the address");
    expect(foyer.logLines.join("\n")).not.toContain(EDSGER.email);
  });

  test("uses an invitation once, and keeps it after a refusal", async () => {
    const foyer = await createFoyer(CLOSED);
    const { store, clock } = foyer;
    await store.invite(ADA.email, auditAt(clock.now));
    await foyer.visitor().signIn(GRACE);
    expect(await store.listInvitations(0)).toHaveLength(1);
    await foyer.visitor().signIn(ADA);
    expect(await store.listInvitations(0)).toHaveLength(0);
    // The same address with another Google account is another person.
    expect((await foyer.visitor().signIn({ ...ADA, sub: "999" })).status).toBe(403);
    expect((await foyer.visitor().signIn(ADA)).status).toBe(200);
  });
});

describe("a stricter policy", () => {
  const POLICIES: [env: Environment, who: StandInPerson, stays: boolean][] = [
    [{ ALLOWED_EMAILS: GRACE.email }, ADA, false],
    [{ ALLOWED_EMAILS: ADA.email }, ADA, true],
    [{ GOOGLE_HOSTED_DOMAIN: "orbit.example" }, ADA, false],
    [{ GOOGLE_HOSTED_DOMAIN: "orbit.example" }, KATHERINE, true],
    [{ GOOGLE_HOSTED_DOMAIN: "orbit.example", ADMIN_EMAILS: ADA.email }, ADA, true],
    [{ ALLOWED_EMAILS: EDSGER.email }, EDSGER, false],
    [CLOSED, ADA, true],
  ];
  for (const [env, who, stays] of POLICIES) {
    test(`${JSON.stringify(env)} ${stays ? "keeps" : "ends"} the session of ${who.email}`, async () => {
      const before = await createFoyer();
      const visitor = before.visitor();
      await visitor.signIn(who);
      const after = (await createFoyer(env, { store: before.store })).visitor();
      for (const [name, value] of visitor.cookies) after.cookies.set(name, value);
      expect(await after.status()).toBe(stays ? 200 : 401);
      // For good: a looser policy restores nothing.
      expect(await visitor.status()).toBe(stays ? 200 : 401);
    });
  }
});
