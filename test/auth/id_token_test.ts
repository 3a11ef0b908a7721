import { afterAll, describe, expect, test } from "bun:test";

import { exportJWK, generateKeyPair } from "jose";

import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { verifyIdToken } from "../../src/auth/id_token.ts";
import { JOSE } from "../../src/auth/signed_token.ts";
import type { RefusalCode } from "../../src/errors.ts";

const CLIENT_ID = "test-client.apps.googleusercontent.com";
const GOOGLE = "https://accounts.google.com";
const KID = "key-1";
/** A whole second, in milliseconds. */
const NOW = 1_780_000_000_000;
const NOW_S = NOW / 1000;
const TOLERANCE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
/** As far as Google's clock may go ahead of ours, and behind it. */
const [AHEAD_S, BEHIND_S] = [NOW_S + TOLERANCE_S, NOW_S - TOLERANCE_S];

const { publicKey, privateKey } = await generateKeyPair("RS256");
const keySet = { keys: [{ ...(await exportJWK(publicKey)), kid: KID, alg: "RS256", use: "sig" }] };
const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => Response.json(keySet) });
afterAll(() => server.stop(true));
const keys = createGoogleKeys({ url: server.url.href, now: () => NOW, log: () => {} });

type Claims = Record<string, unknown>;

const HEADER = { alg: "RS256", kid: KID, typ: "JWT" };
const CLAIMS = {
  iss: GOOGLE,
  aud: CLIENT_ID,
  azp: CLIENT_ID,
  iat: NOW_S - 10,
  nbf: NOW_S - 300,
  exp: NOW_S + 3590,
  sub: "110169484474386276334",
  email: "Ada@gmail.com",
  email_verified: true,
  name: "Ada Lovelace",
  picture: "https://lh3.googleusercontent.com/a/ada",
  nonce: "salt.mac",
};

/** A token of Google's; its signature is good whatever header and payload say. */
async function signToken(
  payload: string | Uint8Array<ArrayBuffer>,
  header: Claims = {},
): Promise<string> {
  const head = JSON.stringify({ ...HEADER, ...header });
  const body = typeof payload === "string" ? encoder.encode(payload) : payload;
  const signed = `${encode(encoder.encode(head))}.${encode(body)}`;
  const bytes = encoder.encode(signed);
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, bytes);
  return `${signed}.${encode(new Uint8Array(signature))}`;
}

const encoder = new TextEncoder();
const encode = (bytes: Uint8Array) => bytes.toBase64({ alphabet: "base64url", omitPadding: true });

const verify = (token: string, now = NOW) =>
  verifyIdToken(token, { keys, signatures: JOSE, clientId: CLIENT_ID, now: () => now });

/** Verifies a good token with some claims changed; `undefined` leaves one out. */
const verifyClaims = async (changes: Claims, now?: number) =>
  verify(await signToken(JSON.stringify({ ...CLAIMS, ...changes })), now);

/** A refusal with `code`, whose reason for the log names `claim`. */
const refusal = (code: RefusalCode, claim: string) => ({
  name: "RefusedRequest",
  code,
  cause: { message: expect.stringContaining(`"${claim}"`) },
});

describe("verifyIdToken gives", () => {
  const IDENTITY = {
    sub: "110169484474386276334",
    email: "Ada@gmail.com",
    name: "Ada Lovelace",
    picture: "https://lh3.googleusercontent.com/a/ada",
    hostedDomain: null,
  };

  test("who it is, and what binds the token to one sign-in", async () => {
    expect(await verifyClaims({})).toEqual({
      identity: IDENTITY,
      nonce: "salt.mac",
      emailVerified: true,
      issuedAt: (NOW_S - 10) * 1000,
      acceptedUntil: (NOW_S + 3590 + TOLERANCE_S) * 1000,
      authenticatedAt: null,
      amr: null,
    });
  });

  test("the end of a long token's age, if that comes before its end", async () => {
    expect(await verifyClaims({ exp: NOW_S + 80_000 })).toMatchObject({
      acceptedUntil: (NOW_S - 10 + HOUR_S + TOLERANCE_S) * 1000,
    });
  });

  const IDENTITIES: [what: string, changes: Claims, expected: Claims][] = [
    [
      "a hosted domain as it is written",
      { hd: "Orbit.Example" },
      { hostedDomain: "Orbit.Example" },
    ],
    ["the address for a name that is missing", { name: undefined }, { name: "Ada@gmail.com" }],
    ["the address for an empty name", { name: "" }, { name: "Ada@gmail.com" }],
    ["a name of one space", { name: " " }, { name: " " }],
    ["a name with markup", { name: "<b>&\"'" }, { name: "<b>&\"'" }],
    ["a name with controls", { name: "a\u0000\n\u202Eb" }, { name: "a\uFFFD\n\u202Eb" }],
    ["a name with half a character", { name: "a\uD83D" }, { name: "a\uFFFD" }],
    ["the beginning of a long name", { name: "😀".repeat(999) }, { name: "😀".repeat(256) }],
    ["no picture where it is missing", { picture: undefined }, { picture: null }],
    ["no picture where it is empty", { picture: "" }, { picture: null }],
    ["any text as picture", { picture: "javascript:1" }, { picture: "javascript:1" }],
    ["a subject of one character", { sub: "!" }, { sub: "!" }],
    ["a subject of 255 characters", { sub: "~".repeat(255) }, { sub: "~".repeat(255) }],
    ["an address beyond ASCII", { email: "ädа@gmail.com" }, { email: "ädа@gmail.com" }],
  ];
  for (const [what, changes, expected] of IDENTITIES) {
    test(what, async () => {
      const { identity } = await verifyClaims(changes);
      expect(identity).toEqual({ ...IDENTITY, ...expected });
    });
  }

  const VERIFIED: [value: unknown, isVerified: boolean][] = [
    [true, true],
    [false, false],
    ["true", false],
    [1, false],
    [{}, false],
    [[true], false],
    [null, false],
    [undefined, false],
  ];
  for (const [value, isVerified] of VERIFIED) {
    test(`an address verified as ${JSON.stringify(value)}: ${isVerified}`, async () => {
      expect((await verifyClaims({ email_verified: value })).emailVerified).toBe(isVerified);
    });
  }

  const NONCES: [value: string | undefined, nonce: string | null][] = [
    ["a", "a"],
    ["", null],
    [undefined, null],
  ];
  for (const [value, nonce] of NONCES) {
    test(`the nonce ${JSON.stringify(value)} as ${nonce}`, async () => {
      expect((await verifyClaims({ nonce: value })).nonce).toBe(nonce);
    });
  }
});

describe("verifyIdToken takes", () => {
  const TAKEN: [what: string, changes: Claims][] = [
    ["the issuer's short name", { iss: "accounts.google.com" }],
    ["no azp", { azp: undefined }],
    ["no nbf", { nbf: undefined }],
    ["an nbf at the tolerance", { nbf: AHEAD_S }],
    ["an end one second within the tolerance", { exp: BEHIND_S + 1, iat: NOW_S - 90 }],
    ["an iat ahead by the tolerance", { iat: AHEAD_S }],
    ["an iat one hour and the tolerance ago", { iat: BEHIND_S - HOUR_S }],
    ["an end one second after its beginning", { iat: NOW_S, exp: NOW_S + 1 }],
    ["an end 24 hours after its beginning", { iat: NOW_S, exp: NOW_S + DAY_S }],
    ["claims that it does not know", { at_hash: "x", locale: null, toe: { x: [1] } }],
  ];
  for (const [what, changes] of TAKEN) {
    test(what, async () => {
      expect((await verifyClaims(changes)).identity.sub).toBe(CLAIMS.sub);
    });
  }

  test("a token until acceptedUntil, and not from then on", async () => {
    const { acceptedUntil } = await verifyClaims({ exp: NOW_S + 5 });
    const token = await signToken(JSON.stringify({ ...CLAIMS, exp: NOW_S + 5 }));
    expect((await verify(token, acceptedUntil - 1)).acceptedUntil).toBe(acceptedUntil);
    await expect(verify(token, acceptedUntil)).rejects.toMatchObject({
      code: "expired_credential",
    });
  });
});

describe("verifyIdToken refuses, by the clock,", () => {
  const DAY_TOO_LONG = { iat: NOW_S, exp: NOW_S + DAY_S + 1 };
  const TIMES: [what: string, changes: Claims, code: RefusalCode, claim: string][] = [
    ["an end at the tolerance", { exp: BEHIND_S, iat: NOW_S - 90 }, "expired_credential", "exp"],
    ["an iat a second too late", { iat: AHEAD_S + 1 }, "not_yet_valid", "iat"],
    ["an iat half a second too late", { iat: AHEAD_S + 0.5 }, "not_yet_valid", "iat"],
    ["an iat too long ago", { iat: BEHIND_S - HOUR_S - 1 }, "expired_credential", "iat"],
    ["an iat before 1970", { iat: -1 }, "expired_credential", "iat"],
    ["an nbf a second too late", { nbf: AHEAD_S + 1 }, "not_yet_valid", "nbf"],
    ["an end at its beginning", { iat: NOW_S, exp: NOW_S }, "invalid_credential", "exp"],
    ["an end before it", { iat: NOW_S + 2, exp: NOW_S + 1 }, "invalid_credential", "exp"],
    ["an end over 24 hours after it", DAY_TOO_LONG, "invalid_credential", "exp"],
    ["times in milliseconds", { iat: NOW, exp: NOW + 1000 }, "not_yet_valid", "iat"],
  ];
  for (const [what, changes, code, claim] of TIMES) {
    test(what, () => expect(verifyClaims(changes)).rejects.toMatchObject(refusal(code, claim)));
  }
});

describe("verifyIdToken refuses the claim", () => {
  const text = [null, 1, true, {}, []];
  const WRONG: [claim: string, values: unknown[]][] = [
    ["iss", [undefined, null, "", `${GOOGLE}/`, `${GOOGLE} `, GOOGLE.replace("https", "http")]],
    ["iss", [GOOGLE.toUpperCase(), "accounts.google.com.evil.example", [GOOGLE]]],
    ["aud", [undefined, null, "", 1, {}, [], [CLIENT_ID], [CLIENT_ID, "another"]]],
    ["aud", [CLIENT_ID.toUpperCase(), `${CLIENT_ID} `, `x${CLIENT_ID}`]],
    ["azp", [null, "", 1, "another", [CLIENT_ID], `${CLIENT_ID} `]],
    ["exp", [undefined, null, String(NOW_S + 60), true, [NOW_S + 60], 1e300]],
    ["iat", [undefined, null, String(NOW_S), false, [NOW_S]]],
    ["nbf", [null, String(NOW_S), {}]],
    ["sub", [undefined, "", " ", "1 2", "1\n", "\u007F", "é", "1".repeat(256), 110_169, ...text]],
    ["email", [undefined, "", "ada", "a@b@c", "a b@c", "<a>@b", '"a"@b', "a@b\n", ...text]],
    ["hd", ["", ...text]],
    ["events", [null, false, "", {}, { "https://schemas.openid.net/x": {} }]],
    ["auth_time", [`${NOW_S}`, [NOW_S], -1, AHEAD_S + 1, NOW, null, true, {}, []]],
    ["amr", ["hwk", { 0: "hwk", length: 1 }, [1], [""], null, 1, {}]],
    ["name", text],
    ["picture", text],
    ["nonce", text],
  ];
  for (const [claim, values] of WRONG) {
    for (const value of values) {
      test(`${claim} ${JSON.stringify(value)?.slice(0, 60) ?? "that is missing"}`, () =>
        expect(verifyClaims({ [claim]: value })).rejects.toMatchObject(
          refusal("invalid_credential", claim),
        ));
    }
  }

  // JSON can write what is read as Infinity.
  const ENDLESS: [claim: string, expected: object][] = [
    ["iat", refusal("invalid_credential", "iat")],
    ["exp", { code: "invalid_credential" }],
  ];
  for (const [claim, expected] of ENDLESS) {
    test(`${claim} beyond all numbers`, async () => {
      const claims = JSON.stringify({ ...CLAIMS, [claim]: 0 });
      const token = await signToken(claims.replace(`"${claim}":0`, `"${claim}":1e999`));
      await expect(verify(token)).rejects.toMatchObject(expected);
    });
  }
});

describe("verifyIdToken refuses a token whose", () => {
  const claims = JSON.stringify(CLAIMS);

  const PAYLOADS: [what: string, payload: string | Uint8Array<ArrayBuffer>][] = [
    ["payload is a list", `[${claims}]`],
    ["payload is a text", JSON.stringify(claims)],
    ["payload is a number", "1"],
    ["payload is null", "null"],
    ["payload is cut off", claims.slice(0, -1)],
    ["payload has something behind it", `${claims}x`],
    ["payload is not UTF-8", encoder.encode(claims).with(8, 0xff)],
    ["claims are inherited only", `{"__proto__":${claims}}`],
  ];
  for (const [what, payload] of PAYLOADS) {
    test(what, async () => {
      const code = "invalid_credential";
      await expect(verify(await signToken(payload))).rejects.toMatchObject({ code });
    });
  }

  const HEADERS: [what: string, header: Claims, reason: string][] = [
    ["alg is missing", { alg: undefined }, '"alg"'],
    ["alg is none", { alg: "none" }, '"alg"'],
    ["alg is RS256 in small letters", { alg: "rs256" }, '"alg"'],
    ["alg is in a list", { alg: ["RS256"] }, '"alg"'],
    ["alg is RS512", { alg: "RS512" }, '"alg"'],
    ["alg is HS256", { alg: "HS256" }, '"alg"'],
    ["kid is missing", { kid: undefined }, '"kid"'],
    ["kid is empty", { kid: "" }, '"kid"'],
    ["kid is in a list", { kid: [KID] }, '"kid"'],
    ["kid is unknown", { kid: `${KID} ` }, `No key has the id "${KID} "`],
    ["crit is empty", { crit: [] }, '"crit"'],
    ["crit is null", { crit: null }, '"crit"'],
    ["crit is an extension that jose knows", { crit: ["b64"], b64: true }, '"crit"'],
  ];
  for (const [what, header, reason] of HEADERS) {
    test(what, async () =>
      expect(verify(await signToken(claims, header))).rejects.toMatchObject({
        code: "invalid_credential",
        cause: { message: expect.stringContaining(reason) },
      }),
    );
  }

  test("signature is another's", async () => {
    const [head, , signature] = (await signToken(claims)).split(".");
    const others = encode(encoder.encode(JSON.stringify({ ...CLAIMS, sub: "1" })));
    const code = "invalid_credential";
    await expect(verify(`${head}.${others}.${signature}`)).rejects.toMatchObject({ code });
  });
});
