import { generateKeyPairSync } from "node:crypto";

import { encode, forge, type ProofScene, signBy, signEs256, signHs256 } from "./forged_proof.ts";

/** What becomes of a proof: it is good, its challenge is not, or why it is refused. */
export type ProofFate =
  | "good"
  | "challenge"
  | "it is too long"
  | "it is no JWS"
  | "its header is not acceptable"
  | "its algorithm is not acceptable"
  | "it brings a key"
  | "its key is not acceptable"
  | "its signature is wrong"
  | "it is for another address";

/** A proof that is not as browsers make it, and what becomes of it. */
export type ProofRow = [
  what: string,
  make: (scene: ProofScene) => string | Promise<string>,
  fate: ProofFate,
];

const header =
  (members: Record<string, unknown> | string) =>
  (scene: ProofScene): Promise<string> =>
    forge(scene, { header: members });

const payload =
  (members: Record<string, unknown> | string | Uint8Array) =>
  (scene: ProofScene): Promise<string> =>
    forge(scene, { payload: members });

const jti =
  (make: (scene: ProofScene) => unknown) =>
  (scene: ProofScene): Promise<string> =>
    forge(scene, { payload: { jti: make(scene) } });

const text =
  (change: (proof: string, scene: ProofScene) => string) =>
  async (scene: ProofScene): Promise<string> =>
    change(await forge(scene), scene);

const part = (index: number, change: (part: string) => string) =>
  text((proof) =>
    proof
      .split(".")
      .map((text, at) => (at === index ? change(text) : text))
      .join("."),
  );

/** The value of the header, whatever is in it. */
export const FORM_ROWS: ProofRow[] = [
  ["bare, as Chromium sends it", text((proof) => proof), "good"],
  ["a string, as the specification says", text((proof) => `"${proof}"`), "good"],
  ["between blanks", text((proof) => `  ${proof}\t`), "good"],
  ["half quoted at the start", text((proof) => `"${proof}`), "it is no JWS"],
  ["half quoted at the end", text((proof) => `${proof}"`), "it is no JWS"],
  ["quoted twice", text((proof) => `""${proof}""`), "it is no JWS"],
  ["one quotation mark", () => '"', "it is no JWS"],
  ["a parameter", text((proof) => `${proof};a=1`), "it is no JWS"],
  ["a parameter after the string", text((proof) => `"${proof}";a=1`), "it is no JWS"],
  ["a comma at the end", text((proof) => `${proof},`), "it is no JWS"],
  ["a comma at the start", text((proof) => `,${proof}`), "it is no JWS"],
  ["two headers", text((proof) => `${proof}, ${proof}`), "it is no JWS"],
  ["two headers, quoted", text((proof) => `"${proof}", "${proof}"`), "it is no JWS"],
  ["a byte sequence", text((proof) => `:${encode(proof)}:`), "it is no JWS"],
  ["an inner list", text((proof) => `("${proof}")`), "it is no JWS"],
  ["a blank within", text((proof) => proof.replace(".", ". ")), "it is no JWS"],
  ["nothing", () => "", "it is no JWS"],
  ["quoted nothing", () => '""', "it is no JWS"],
  ["dots", () => "..", "it is no JWS"],
  ["letters beyond ASCII", text((proof) => `é${proof}`), "it is no JWS"],
  ["no signature", text((proof) => proof.slice(0, proof.lastIndexOf(".") + 1)), "it is no JWS"],
  ["two parts", text((proof) => proof.slice(0, proof.lastIndexOf("."))), "it is no JWS"],
  ["five parts", text((proof) => `${proof}.YQ.YQ`), "it is no JWS"],
  ["JSON", text((proof) => JSON.stringify({ signatures: [proof] })), "it is no JWS"],
  ["padding in the header", part(0, (text) => `${text}=`), "it is no JWS"],
  ["padding in the payload", part(1, (text) => `${text}==`), "it is no JWS"],
  ["padding in the signature", part(2, (text) => `${text}==`), "it is no JWS"],
  ["64 KiB", text((proof) => proof + "A".repeat(65_536)), "it is too long"],
  ["64 KiB of quotation marks", () => '"'.repeat(65_536), "it is too long"],
  ["64 KiB of dots", () => ".".repeat(65_536), "it is too long"],
  ["a payload of 4 KiB", payload({ a: "a".repeat(4096) }), "it is too long"],
];

/** The protected header. */
export const HEADER_ROWS: ProofRow[] = [
  ["no JSON", header("{alg}"), "it is no JWS"],
  ["an array", header('["ES256","dbsc+jwt"]'), "it is no JWS"],
  ["null", header("null"), "it is no JWS"],
  ["a text", header('"ES256"'), "it is no JWS"],
  ["no typ", header({ typ: undefined }), "its header is not acceptable"],
  ["typ of another token", header({ typ: "JWT" }), "its header is not acceptable"],
  ["typ in another case", header({ typ: "DBSC+JWT" }), "its header is not acceptable"],
  ["typ in full", header({ typ: "application/dbsc+jwt" }), "its header is not acceptable"],
  ["an array of typ", header({ typ: ["dbsc+jwt"] }), "its header is not acceptable"],
  ["crit", header({ crit: ["b64"], b64: true }), "its header is not acceptable"],
  ["crit, unencoded", header({ crit: ["b64"], b64: false }), "its header is not acceptable"],
  ["crit of nothing", header({ crit: [] }), "its header is not acceptable"],
  ["crit: null", header({ crit: null }), "its header is not acceptable"],
  ["b64 without crit, which says nothing", header({ b64: false }), "good"],
  ["a link to a key, which nobody follows", header({ jku: "https://e.example/jwks" }), "good"],
  ["a certificate, which nobody reads", header({ x5c: ["MA=="], kid: "../../key" }), "good"],
  ["no alg", header({ alg: undefined }), "its algorithm is not acceptable"],
  ["alg in another case", header({ alg: "es256" }), "its algorithm is not acceptable"],
  ["an array of alg", header({ alg: ["ES256"] }), "its algorithm is not acceptable"],
  ["alg: __proto__", header({ alg: "__proto__" }), "its algorithm is not acceptable"],
  ["alg none", header({ alg: "none" }), "its algorithm is not acceptable"],
  ["alg None", header({ alg: "None" }), "its algorithm is not acceptable"],
  ["alg ES384 for this key", header({ alg: "ES384" }), "its algorithm is not acceptable"],
  ["alg RS256 for this key", header({ alg: "RS256" }), "its key is not acceptable"],
  [
    "alg twice, the last not ours",
    (scene) => {
      const { alg, jwk } = scene.device;
      const text = JSON.stringify({ alg, typ: "dbsc+jwt", jwk }).replace(/}$/, ',"alg":"none"}');
      return forge(scene, { header: text });
    },
    "its algorithm is not acceptable",
  ],
];

const elsewhere = generateKeyPairSync("ec", { namedCurve: "P-384" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The signature. */
export const SIGNATURE_ROWS: ProofRow[] = [
  [
    "one bit",
    part(2, (text) => (text.startsWith("A") ? "B" : "A") + text.slice(1)),
    "its signature is wrong",
  ],
  ["cut", part(2, (text) => text.slice(0, -4)), "its signature is wrong"],
  ["one byte", part(2, () => "AA"), "its signature is wrong"],
  ["zeros only", part(2, () => encode(new Uint8Array(64))), "its signature is wrong"],
  ["of another payload", part(1, () => encode('{"jti":"another"}')), "its signature is wrong"],
  [
    "by the key of another session",
    (scene) => forge(scene, { sign: (text) => signEs256(text, scene.stranger.privateKey) }),
    "its signature is wrong",
  ],
  [
    "by the public key as a secret",
    (scene) =>
      forge(scene, {
        header: { alg: "HS256" },
        sign: signHs256(JSON.stringify(scene.device.jwk)),
      }),
    "its algorithm is not acceptable",
  ],
  [
    "by the public key as a secret, said to be ES256",
    (scene) => forge(scene, { sign: signHs256(JSON.stringify(scene.device.jwk)) }),
    "its signature is wrong",
  ],
  [
    "ES384",
    (scene) =>
      forge(scene, {
        header: { alg: "ES384" },
        sign: signBy(elsewhere.privateKey, { hash: "sha384" }),
      }),
    "its algorithm is not acceptable",
  ],
  [
    "PS256",
    (scene) =>
      forge(scene, {
        header: { alg: "PS256" },
        sign: signBy(rsa.privateKey, { isPss: true }),
      }),
    "its algorithm is not acceptable",
  ],
];

/** The payload. */
export const PAYLOAD_ROWS: ProofRow[] = [
  ["no JSON", payload("{jti}"), "its signature is wrong"],
  ["bytes that are no text", payload(Uint8Array.of(0xff, 0xfe)), "its signature is wrong"],
  ["an array", payload("[]"), "challenge"],
  ["null", payload("null"), "challenge"],
  ["a number", payload("1"), "challenge"],
  ["a text", payload('"jti"'), "challenge"],
  ["no jti", jti(() => undefined), "challenge"],
  ["jti: null", jti(() => null), "challenge"],
  ["jti: a number", jti(() => 1), "challenge"],
  ["an array of jti", jti(({ challenge }) => [challenge]), "challenge"],
  ["jti: an object", jti(({ challenge }) => ({ toString: challenge })), "challenge"],
  ["jti: nothing", jti(() => ""), "challenge"],
  ["jti: a dot", jti(() => "."), "challenge"],
  ["jti of 2 KiB", jti(() => "A".repeat(2048)), "challenge"],
  ["jti with a third part", jti(({ challenge }) => `${challenge}.AA`), "challenge"],
  ["jti with padding", jti(({ challenge }) => `${challenge}=`), "challenge"],
  ["jti with a blank", jti(({ challenge }) => `${challenge} `), "challenge"],
  ["jti in another case", jti(({ challenge }) => challenge.toLowerCase()), "challenge"],
  ["jti of another time", jti(({ challenge }) => `B${challenge.slice(1)}`), "challenge"],
  ["jti whose time has 7 bytes", jti(({ challenge }) => challenge.slice(1)), "challenge"],
  [
    "jti with the last bit of its time set",
    jti(({ challenge }) => challenge.replace(/.\./, (end) => `${end[0] === "B" ? "C" : "B"}.`)),
    "challenge",
  ],
  ["jti of another session", jti(({ foreign }) => foreign), "challenge"],
  [
    "jti of the other route",
    jti((scene) => scene.challengeAt(0, scene.route === "refresh" ? "registration" : "refresh")),
    "challenge",
  ],
  [
    "jti that is too old",
    jti(({ route, challengeAt }) => challengeAt(-AGE_MS[route])),
    "challenge",
  ],
  [
    "jti in its last moment",
    jti(({ route, challengeAt }) => challengeAt(1 - AGE_MS[route])),
    "good",
  ],
  [
    "jti from before the clock was set back",
    jti(({ challengeAt }) => challengeAt(3_600_000)),
    "good",
  ],
  [
    "jti twice, the last not ours",
    (scene) => forge(scene, { payload: `{"jti":"${scene.challenge}","jti":"x"}` }),
    "challenge",
  ],
  [
    "aud, as a later Chromium sends it",
    (scene) => forge(scene, { payload: { aud: scene.audience } }),
    "good",
  ],
  [
    "an array of aud",
    (scene) => forge(scene, { payload: { aud: [scene.audience] } }),
    "it is for another address",
  ],
  [
    "aud with a slash at its end",
    (scene) => forge(scene, { payload: { aud: `${scene.audience}/` } }),
    "it is for another address",
  ],
  [
    "aud of another host",
    payload({ aud: "https://foyer.example/auth/binding" }),
    "it is for another address",
  ],
  ["aud: null", payload({ aud: null }), "it is for another address"],
  ["aud: nothing", payload({ aud: "" }), "it is for another address"],
  ["claims that say nothing", payload({ exp: 1, nbf: 9e9, iss: "e", sub: "root" }), "good"],
];

const AGE_MS = { registration: 120_000, refresh: 1_200_000 };
