import { describe, expect, test } from "bun:test";

import { type AdmissionPolicy, admit } from "../../src/auth/admission.ts";
import { readConfig } from "../../src/config.ts";

function policy(env: Record<string, string>): AdmissionPolicy {
  return readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client", ...env });
}

const DOMAIN = { GOOGLE_HOSTED_DOMAIN: "orbit.example" };
const LIST = { ALLOWED_EMAILS: "ada@gmail.com,@orbit.example,k@one.example" };
const ADMIN = { ADMIN_EMAILS: "ada@gmail.com,root@one.example" };

type Outcome = "in" | "admin" | "domain_not_allowed" | "email_not_allowed";

const TABLE: [email: string, hd: string | null, env: Record<string, string>, outcome: Outcome][] = [
  ["anyone@else.example", null, {}, "in"],
  ["k@orbit.example", "orbit.example", DOMAIN, "in"],
  ["k@orbit.example", "ORBIT.example", DOMAIN, "in"],
  ["k@orbit.example", null, DOMAIN, "domain_not_allowed"],
  ["k@orbit.example", "sub.orbit.example", DOMAIN, "domain_not_allowed"],
  ["k@orbit.example", "orbit.example.evil.example", DOMAIN, "domain_not_allowed"],
  ["ada@gmail.com", null, DOMAIN, "domain_not_allowed"],
  ["ada@gmail.com", null, LIST, "in"],
  ["ADA@Gmail.COM", null, LIST, "in"],
  ["ada+x@gmail.com", null, LIST, "email_not_allowed"],
  ["a.da@gmail.com", null, LIST, "email_not_allowed"],
  ["ada@googlemail.com", null, LIST, "email_not_allowed"],
  ["ada@gmail.com.evil.example", null, LIST, "email_not_allowed"],
  ["ada@notgmail.com", null, LIST, "email_not_allowed"],
  ["аda@gmail.com", null, LIST, "email_not_allowed"],
  ["ada@ｇmail.com", null, LIST, "email_not_allowed"],
  [
    "\u212A@orbit.example",
    "orbit.example",
    { ALLOWED_EMAILS: "k@orbit.example" },
    "email_not_allowed",
  ],
  ["x@orbit.example", "orbit.example", LIST, "in"],
  ["x@orbit.example", null, LIST, "email_not_allowed"],
  ["x@sub.orbit.example", "orbit.example", LIST, "email_not_allowed"],
  ["k@one.example", "one.example", LIST, "in"],
  ["k@one.example", null, LIST, "email_not_allowed"],
  ["other@one.example", "one.example", LIST, "email_not_allowed"],
  ["x@orbit.example", "orbit.example", { ...DOMAIN, ...LIST }, "in"],
  ["ada@gmail.com", null, { ...DOMAIN, ...LIST }, "domain_not_allowed"],
  [
    "z@orbit.example",
    "orbit.example",
    { ...DOMAIN, ALLOWED_EMAILS: "a@b.example" },
    "email_not_allowed",
  ],
  ["ada@gmail.com", null, ADMIN, "admin"],
  ["someone@gmail.com", null, ADMIN, "in"],
  ["root@one.example", "one.example", ADMIN, "admin"],
  ["root@one.example", null, ADMIN, "in"],
  ["ada@gmail.com", null, { ...DOMAIN, ...ADMIN }, "admin"],
  ["ada@gmail.com", null, { ALLOWED_EMAILS: "x@y.example", ...ADMIN }, "admin"],
  ["root@one.example", null, { ...DOMAIN, ...ADMIN }, "domain_not_allowed"],
];

describe("admit", () => {
  for (const [email, hostedDomain, env, outcome] of TABLE) {
    test(`${email} (hd ${hostedDomain}) under ${JSON.stringify(env)}: ${outcome}`, () => {
      const identity = { sub: "1", email, name: "N", picture: null, hostedDomain };
      const admission = admit(identity, policy(env));
      const seen = admission.admitted ? (admission.isAdmin ? "admin" : "in") : admission.code;
      expect(seen).toBe(outcome);
    });
  }
});
