import { describe, expect, test } from "bun:test";

import { createNonce } from "../../src/auth/nonce.ts";
import { createToken } from "../../src/auth/token.ts";
import type { RefusalCode } from "../../src/errors.ts";
import { type Fault, FAULTS } from "../../src/google_stand_in/faults.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, type Foyer, MALLORY } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";

const MALFORMED: Fault[] = [
  "no third part",
  "a fourth part",
  "ordinary base64",
  "padding",
  "header that is no JSON",
];

/** The current time in seconds, as in the token's claims. */
const seconds = (foyer: Foyer) => Math.floor(foyer.clock.now / 1000);

type Claims = Record<string, unknown> | ((nowS: number) => Record<string, unknown>);

const WRONG_CLAIMS: [what: string, claims: Claims, code: RefusalCode][] = [
  ["another issuer", { iss: "https://accounts.example.com" }, "invalid_credential"],
  ["an issuer with a closing slash", { iss: "https://accounts.google.com/" }, "invalid_credential"],
  ["an issuer over http", { iss: "http://accounts.google.com" }, "invalid_credential"],
  ["an issuer in a list", { iss: ["accounts.google.com"] }, "invalid_credential"],
  ["no issuer", { iss: undefined }, "invalid_credential"],
  ["another audience", { aud: "another-client" }, "invalid_credential"],
  [
    "an audience in a list",
    { aud: ["test-client.apps.googleusercontent.com"] },
    "invalid_credential",
  ],
  [
    "our audience among others",
    { aud: ["another", "test-client.apps.googleusercontent.com"] },
    "invalid_credential",
  ],
  ["no audience", { aud: undefined }, "invalid_credential"],
  ["an empty audience", { aud: "" }, "invalid_credential"],
  ["azp of another client", { azp: "another-client" }, "invalid_credential"],
  ["azp that is null", { azp: null }, "invalid_credential"],
  ["azp in a list", { azp: ["test-client.apps.googleusercontent.com"] }, "invalid_credential"],
  ["an end two minutes ago", (now) => ({ exp: now - 120, iat: now - 3000 }), "expired_credential"],
  ["an end at the tolerance", (now) => ({ exp: now - 60, iat: now - 3000 }), "expired_credential"],
  ["no end", { exp: undefined }, "invalid_credential"],
  ["an end that is text", (now) => ({ exp: String(now + 600) }), "invalid_credential"],
  ["an end beyond all numbers", { exp: Number.MAX_VALUE }, "invalid_credential"],
  ["an end two days ahead", (now) => ({ exp: now + 172_800 }), "invalid_credential"],
  [
    "an end before its beginning",
    (now) => ({ exp: now + 10, iat: now + 20 }),
    "invalid_credential",
  ],
  ["issued in the future", (now) => ({ iat: now + 120, exp: now + 3600 }), "not_yet_valid"],
  ["issued two hours ago", (now) => ({ iat: now - 7200 }), "expired_credential"],
  ["issued before 1970", { iat: -1 }, "expired_credential"],
  ["no time of issue", { iat: undefined }, "invalid_credential"],
  ["a time of issue that is text", (now) => ({ iat: String(now) }), "invalid_credential"],
  ["not valid before the future", (now) => ({ nbf: now + 120 }), "not_yet_valid"],
  ["not-before that is text", { nbf: "soon" }, "invalid_credential"],
  ["no subject", { sub: undefined }, "invalid_credential"],
  ["an empty subject", { sub: "" }, "invalid_credential"],
  ["a subject that is a number", { sub: 1 }, "invalid_credential"],
  ["a subject of 256 characters", { sub: "1".repeat(256) }, "invalid_credential"],
  ["a subject beyond ASCII", { sub: "１００" }, "invalid_credential"],
  ["a subject with a line break", { sub: "1\n2" }, "invalid_credential"],
  ["no address", { email: undefined }, "invalid_credential"],
  ["an address without @", { email: "ada" }, "invalid_credential"],
  ["an address with two @", { email: "ada@a.example@gmail.com" }, "invalid_credential"],
  ["an address with markup", { email: "<hx-a>@gmail.com" }, "invalid_credential"],
  ["an address in quotes", { email: '"ada"@gmail.com' }, "invalid_credential"],
  ["an address that is a list", { email: ["ada@gmail.com"] }, "invalid_credential"],
  ["an address with a line break", { email: "ada\n@gmail.com" }, "invalid_credential"],
  ["address not verified", { email_verified: false }, "email_unverified"],
  ['address verified as text "true"', { email_verified: "true" }, "email_unverified"],
  ["address verified as 1", { email_verified: 1 }, "email_unverified"],
  ["no word on the address", { email_verified: undefined }, "email_unverified"],
  ["a hosted domain that is a list", { hd: ["orbit.example"] }, "invalid_credential"],
  ["an empty hosted domain", { hd: "" }, "invalid_credential"],
  ["a name that is an object", { name: { toString: "x" } }, "invalid_credential"],
  ["a picture that is a number", { picture: 1 }, "invalid_credential"],
  ["a nonce that is a number", { nonce: 5 }, "invalid_credential"],
  ["a nonce in a list", { nonce: ["x"] }, "invalid_credential"],
  ["a security event", { events: { "https://schemas.openid.net/x": {} } }, "invalid_credential"],
  ["no nonce", { nonce: undefined }, "nonce_missing"],
  ["an empty nonce", { nonce: "" }, "nonce_missing"],
  ["a nonce of its own", { nonce: "abc" }, "nonce_mismatch"],
  ["a nonce without its second part", { nonce: "AAAA." }, "nonce_mismatch"],
  ["a nonce of three parts", { nonce: "AAAA.AAAA.AAAA" }, "nonce_mismatch"],
  ["a nonce that is Google's placeholder", { nonce: "not_provided" }, "nonce_mismatch"],
];

const WRONG_HEADERS: [what: string, header: Record<string, unknown>, code: RefusalCode][] = [
  ["no key id", { kid: undefined }, "invalid_credential"],
  ["an empty key id", { kid: "" }, "invalid_credential"],
  ["a key id that is a number", { kid: 1 }, "invalid_credential"],
  ["a key id that is a path", { kid: "../../keys" }, "invalid_credential"],
  ["a critical extension", { crit: ["x-unknown"], "x-unknown": 1 }, "invalid_credential"],
];

async function expectRefused(
  response: Response,
  code: RefusalCode,
  visitor: Visitor,
): Promise<void> {
  const status = response.status;
  expect(await codeOf(response)).toBe(code);
  expect(status).toBe(
    code === "malformed_credential" ? 400 : code === "email_unverified" ? 403 : 401,
  );
  expect(response.headers.get("hx-trigger")).toBeNull();
  expect(visitor.sessionToken).toBe("");
  expect(await visitor.status()).toBe(401);
}

describe("POST /auth/login refuses a token with", () => {
  for (const fault of Object.keys(FAULTS) as Fault[]) {
    test(fault, async () => {
      const visitor = (await createFoyer()).visitor();
      const code = MALFORMED.includes(fault) ? "malformed_credential" : "invalid_credential";
      await expectRefused(await visitor.signIn(ADA, { fault }), code, visitor);
    });
  }

  for (const [what, claims, code] of WRONG_CLAIMS) {
    test(what, async () => {
      const foyer = await createFoyer();
      const visitor = foyer.visitor();
      const wrong = typeof claims === "function" ? claims(seconds(foyer)) : claims;
      await expectRefused(await visitor.signIn(ADA, { claims: wrong }), code, visitor);
    });
  }

  for (const [what, header, code] of WRONG_HEADERS) {
    test(what, async () => {
      const visitor = (await createFoyer()).visitor();
      await expectRefused(await visitor.signIn(ADA, { header }), code, visitor);
    });
  }

  test("another browser's nonce", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.nonce();
    const nonce = await foyer.visitor().nonce();
    await expectRefused(await visitor.signIn(ADA, { nonce }), "nonce_mismatch", visitor);
  });

  test("this browser's nonce without its sign-in cookie", async () => {
    const visitor = (await createFoyer()).visitor();
    const credential = await visitor.credential(ADA);
    visitor.cookies.clear();
    await expectRefused(await visitor.post(PATHS.login, { credential }), "nonce_mismatch", visitor);
  });

  test("an expired nonce", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const nonce = await visitor.nonce();
    foyer.clock.pass(3_600_000);
    await expectRefused(await visitor.signIn(ADA, { nonce }), "nonce_expired", visitor);
  });

  test("a nonce more than an hour ahead", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const token = createToken(MACHINE.random);
    visitor.cookies.set("sign_in", token);
    const nonce = createNonce(token, { ...MACHINE, now: foyer.clock.now + 600_000 });
    await expectRefused(await visitor.signIn(ADA, { nonce }), "nonce_expired", visitor);
  });

  test("a used nonce", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const credential = await visitor.credential(ADA);
    expect((await visitor.post(PATHS.login, { credential })).status).toBe(200);
    await visitor.post(PATHS.logout);
    await expectRefused(await visitor.post(PATHS.login, { credential }), "nonce_reused", visitor);
  });

  test("an unverified address", async () => {
    const visitor = (await createFoyer()).visitor();
    await expectRefused(await visitor.signIn(MALLORY), "email_unverified", visitor);
  });
});

describe("POST /auth/login takes a token with", () => {
  const GOOD: [what: string, claims: Claims][] = [
    ["the issuer's long name", { iss: "https://accounts.google.com" }],
    ["the issuer's short name", { iss: "accounts.google.com" }],
    ["no azp", { azp: undefined }],
    ["an end within the tolerance", (now) => ({ exp: now - 30, iat: now - 3000 })],
    ["a time of issue within the tolerance", (now) => ({ iat: now + 30 })],
    ["a subject of 255 characters", { sub: "1".repeat(255) }],
    ["no name", { name: undefined }],
    ["no not-before", { nbf: undefined }],
    ["claims that nobody knows", { locale: "en", x: { y: [1] } }],
  ];
  for (const [what, claims] of GOOD) {
    test(what, async () => {
      const foyer = await createFoyer();
      const visitor = foyer.visitor();
      const right = typeof claims === "function" ? claims(seconds(foyer)) : claims;
      expect((await visitor.signIn(ADA, { claims: right })).status).toBe(200);
      expect(await visitor.status()).toBe(200);
    });
  }
});
