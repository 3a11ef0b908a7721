import { describe, expect, test } from "bun:test";

import { type Environment, readConfig } from "../../src/config.ts";
import { CLIENT, mistakesIn, PUBLIC } from "./mistakes.ts";

describe("readConfig", () => {
  test("refuses with a public origin what would believe every certificate", () => {
    const weak = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    expect(mistakesIn({ ...PUBLIC, ...weak })).toEqual([
      expect.stringMatching(/^NODE_TLS_REJECT_UNAUTHORIZED=0 .*NODE_EXTRA_CA_CERTS$/),
    ]);
    expect(mistakesIn({ ...CLIENT, ...weak })).toEqual([]);
    expect(mistakesIn({ ...PUBLIC, NODE_TLS_REJECT_UNAUTHORIZED: "1" })).toEqual([]);
    expect(mistakesIn({ ...PUBLIC, NODE_TLS_REJECT_UNAUTHORIZED: "" })).toEqual([]);
  });
});

describe("ADMIN_AMR", () => {
  const asked = (ADMIN_AMR: string) => ({ ...CLIENT, GOOGLE_AUTH_CLAIMS: "true", ADMIN_AMR });

  test("is a list of registered methods", () => {
    expect(readConfig(asked("hwk, mfa,hwk")).adminAmr).toEqual(new Set(["hwk", "mfa"]));
    expect(readConfig(asked("")).adminAmr).toBeNull();
    for (const text of ["hkw", "HWK", "hwk,", ",", "hwk mfa", "constructor", "*"]) {
      expect(mistakesIn(asked(text))).toEqual([
        expect.stringMatching(/^ADMIN_AMR has ".*", which is none of face, fpt, .*, wia$/),
      ]);
    }
  });

  test("without GOOGLE_AUTH_CLAIMS would lock every administrator out", () => {
    for (const claims of ["false", ""]) {
      expect(mistakesIn({ ...asked("hwk"), GOOGLE_AUTH_CLAIMS: claims })).toEqual([
        expect.stringMatching(/^ADMIN_AMR needs GOOGLE_AUTH_CLAIMS=true/),
      ]);
    }
  });
});

const SITE = "FORWARD_AUTH_ORIGINS";

describe("protected applications", () => {
  test("have an origin, a name, and people who may open them", () => {
    const { sites, cookieDomain } = readConfig({
      ...PUBLIC,
      COOKIE_DOMAIN: "Example.com",
      [SITE]:
        'https://Wiki.example.com/ "Wiki, of us"  members ,https://grafana.example.com admins, https://x.example.com:8443 @Corp.Example Person@Gmail.com members',
    });
    expect(cookieDomain).toBe("example.com");
    const nobody = { addresses: new Set<string>(), domains: new Set<string>() };
    expect(sites).toEqual([
      {
        origin: "https://wiki.example.com",
        name: "Wiki, of us",
        audience: { members: true, admins: false, emails: nobody },
      },
      {
        origin: "https://grafana.example.com",
        name: "grafana.example.com",
        audience: { members: false, admins: true, emails: nobody },
      },
      {
        origin: "https://x.example.com:8443",
        name: "x.example.com:8443",
        audience: {
          members: true,
          admins: false,
          emails: {
            addresses: new Set(["person@gmail.com"]),
            domains: new Set(["corp.example"]),
          },
        },
      },
    ]);
  });

  const WRONG: [text: string, mistake: RegExp][] = [
    ["https://wiki.example.com", /does not say who may open https:\/\/wiki\.example\.com/],
    ['https://wiki.example.com "Wiki"', /does not say who may open/],
    ["https://wiki.example.com everybody", /has "everybody" for/],
    ["https://wiki.example.com Members", /has "Members" for/],
    ["https://wiki.example.com *", /has "\*" for/],
    ["https://wiki.example.com @", /has "@" for/],
    ["https://wiki.example.com @corp", /has "@corp" for/],
    ["https://wiki.example.com members,", /has an empty entry/],
    [",https://wiki.example.com members", /has an empty entry/],
    ["members", /has an entry that must be an origin/],
    ["https://wiki.example.com/path members", /must have no path/],
    ["https://*.example.com members", /name each origin by itself/],
    ["http://wiki.example.com members", /must use https/],
    ["https://user:s3cret@wiki.example.com members", /must be an origin/],
    ['https://wiki.example.com members "Wiki"', /must have one name in quotes, right after/],
    ['https://wiki.example.com "A" "B" members', /must have one name in quotes/],
    ['https://wiki.example.com "Wiki members', /a quotation mark without its second one/],
    ['https://wiki.example.com "" members', /has a name for .* 1 to 60 characters/],
    [`https://wiki.example.com "${"x".repeat(61)}" members`, /1 to 60 characters/],
    ["https://wiki.example.com members, https://wiki.example.com:443 admins", /twice/],
  ];
  for (const [text, mistake] of WRONG) {
    test(`are not ${text.slice(0, 80)}`, () => {
      const mistakes = mistakesIn({ ...PUBLIC, COOKIE_DOMAIN: "example.com", [SITE]: text });
      expect(mistakes).toEqual([expect.stringMatching(/^FORWARD_AUTH_ORIGINS /)]);
      expect(mistakes[0]).toMatch(mistake);
      expect(mistakes[0]).not.toContain("s3cret");
    });
  }

  const CONFLICTS: [env: Environment, mistake: RegExp | null][] = [
    [{ [SITE]: "https://wiki.example.com members" }, /another host than ORIGIN: set COOKIE_DOMAIN/],
    [{ [SITE]: "https://app.example.com:8443 members" }, null],
    [{ COOKIE_DOMAIN: "example.com" }, null],
    [{ COOKIE_DOMAIN: "app.example.com" }, null],
    [{ COOKIE_DOMAIN: "example.org" }, /app\.example\.com is not within COOKIE_DOMAIN/],
    [{ COOKIE_DOMAIN: "xample.com" }, /is not within COOKIE_DOMAIN/],
    [{ COOKIE_DOMAIN: "com" }, /COOKIE_DOMAIN must be a domain/],
    [{ COOKIE_DOMAIN: ".example.com" }, /COOKIE_DOMAIN must be a domain/],
    [{ COOKIE_DOMAIN: "https://example.com" }, /COOKIE_DOMAIN must be a domain/],
    [{ COOKIE_DOMAIN: "203.0.113.7", ORIGIN: "https://203.0.113.7" }, /not the address/],
    [
      { COOKIE_DOMAIN: "example.com", [SITE]: "https://wiki.example.org members" },
      /wiki\.example\.org is not within COOKIE_DOMAIN/,
    ],
    [
      { COOKIE_DOMAIN: "foyer.localhost", ORIGIN: "http://auth.foyer.localhost:3000" },
      /COOKIE_DOMAIN needs an https ORIGIN/,
    ],
    [
      {
        COOKIE_DOMAIN: "foyer.localhost",
        ORIGIN: "https://auth.foyer.localhost",
        [SITE]: "http://wiki.foyer.localhost members",
      },
      /COOKIE_DOMAIN needs https/,
    ],
  ];
  for (const [env, mistake] of CONFLICTS) {
    test(`${mistake ? "contradict" : "fit"} ${JSON.stringify(env)}`, () => {
      const mistakes = mistakesIn({ ...PUBLIC, ...env });
      expect(mistakes).toEqual(mistake ? [expect.stringMatching(mistake)] : []);
    });
  }
});
