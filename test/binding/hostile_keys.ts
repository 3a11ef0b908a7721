import { generateKeyPairSync, type KeyObject } from "node:crypto";

import { encode, forge, type ProofScene, signBy } from "./forged_proof.ts";
import type { ProofRow } from "./hostile_proofs.ts";

/** A proof whose header brings another key, with `members` in the place of its own. */
const bring =
  (members: Record<string, unknown>) =>
  (scene: ProofScene): Promise<string> =>
    forge(scene, { header: { jwk: { ...scene.device.jwk, ...members } } });

const jwk =
  (value: unknown) =>
  (scene: ProofScene): Promise<string> =>
    forge(scene, { header: { jwk: value } });

interface Pair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** A proof that is rightly signed by a key of another kind. */
const pair =
  (
    alg: string,
    { publicKey, privateKey }: Pair,
    options: { hash?: string; isPss?: boolean } = {},
  ) =>
  (scene: ProofScene): Promise<string> =>
    forge(scene, {
      header: { alg, jwk: publicKey.export({ format: "jwk" }) },
      sign: signBy(privateKey, options),
    });

const curve = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve });
const rsa = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync("rsa", { modulusLength, publicExponent });

const P256 = curve("P-256");
const RSA = rsa(2048);
const RSA_JWK = RSA.publicKey.export({ format: "jwk" });
const SMALL_JWK = rsa(1024).publicKey.export({ format: "jwk" });
const bytesOf = (text = "") => Buffer.from(text, "base64url");

/** What RS256 signs, which is its own signature if the exponent is 1. */
function padded(text: string): Uint8Array {
  const info = Buffer.from("3031300d060960864801650304020105000420", "hex");
  const digest = new Bun.CryptoHasher("sha256").update(text).digest();
  const filling = Buffer.alloc(256 - 3 - info.length - digest.length, 0xff);
  return Buffer.concat([Buffer.of(0, 1), filling, Buffer.of(0), info, digest]);
}

const KEY = "its key is not acceptable";
const ALGORITHM = "its algorithm is not acceptable";

/** The keys that a registration brings. */
export const KEY_ROWS: ProofRow[] = [
  ["none", jwk(undefined), KEY],
  ["null", jwk(null), KEY],
  ["a text", jwk("P-256"), KEY],
  ["an array", jwk([]), KEY],
  ["nothing in it", jwk({}), KEY],
  ["with its private part", bring({ d: "AA" }), KEY],
  ["with an empty private part", bring({ d: "" }), KEY],
  ["with a prime", bring({ p: "AA" }), KEY],
  ["with a shared secret", bring({ k: "AA" }), KEY],
  ["a shared secret", jwk({ kty: "oct", k: "AAAA" }), KEY],
  ["of no type", bring({ kty: undefined }), KEY],
  ["of an array of types", bring({ kty: ["EC"] }), KEY],
  ["of another type", bring({ kty: "RSA" }), KEY],
  ["on no curve", bring({ crv: undefined }), KEY],
  ["on a curve in another case", bring({ crv: "p-256" }), KEY],
  ["on P-384", pair("ES384", curve("P-384"), { hash: "sha384" }), ALGORITHM],
  ["on P-384, said to be ES256", pair("ES256", curve("P-384")), KEY],
  ["on secp256k1", bring({ crv: "secp256k1" }), KEY],
  ["Ed25519", jwk({ kty: "OKP", crv: "Ed25519", x: encode(new Uint8Array(32)) }), KEY],
  [
    "a point that is not on the curve",
    bring({ y: encode(new Uint8Array(32).fill(7)) }),
    "its signature is wrong",
  ],
  [
    "the point at infinity",
    bring({ x: encode(new Uint8Array(32)), y: encode(new Uint8Array(32)) }),
    "its signature is wrong",
  ],
  ["without y", bring({ y: undefined }), KEY],
  ["with 31 bytes of x", bring({ x: encode(new Uint8Array(31).fill(1)) }), KEY],
  ["with 33 bytes of x", bring({ x: encode(new Uint8Array(33).fill(1)) }), KEY],
  ["with padding", bring({ x: `${encode(new Uint8Array(32).fill(1))}=` }), KEY],
  ["x: a number", bring({ x: 1 }), KEY],
  ["x: an array", bring({ x: [encode(new Uint8Array(32))] }), KEY],
  [
    "of another session, not signed by it",
    (scene) => jwk(scene.stranger.jwk)(scene),
    "its signature is wrong",
  ],
  [
    "for another use, which says nothing",
    bring({ use: "enc", key_ops: [], alg: "ES384", ext: false }),
    "good",
  ],
  ["P-256", pair("ES256", P256), "good"],
  ["P-256, said to be RS256", pair("RS256", P256), KEY],
  ["P-256, hashed by SHA-384", pair("ES256", P256, { hash: "sha384" }), "its signature is wrong"],
  ["RSA of 2048 bits", pair("RS256", RSA), "good"],
  ["RSA of 4096 bits", pair("RS256", rsa(4096)), "good"],
  ["RSA of 1024 bits", pair("RS256", rsa(1024)), KEY],
  ["RSA of 2047 bits", pair("RS256", rsa(2047)), KEY],
  [
    "RSA of 1024 bits, with zeros before",
    signedByRsa({
      ...SMALL_JWK,
      n: encode(Buffer.concat([new Uint8Array(129), bytesOf(SMALL_JWK.n)])),
    }),
    KEY,
  ],
  [
    "RSA of 2048 bits, with a zero before",
    signedByRsa({ ...RSA_JWK, n: encode(Buffer.concat([new Uint8Array(1), bytesOf(RSA_JWK.n)])) }),
    KEY,
  ],
  ["RSA of 4104 bits", signedByRsa({ ...RSA_JWK, n: encode(new Uint8Array(513).fill(255)) }), KEY],
  [
    "RSA of 16384 bits",
    signedByRsa({ ...RSA_JWK, n: encode(new Uint8Array(2048).fill(255)) }),
    "it is too long",
  ],
  ["RSA with the exponent 3", pair("RS256", rsa(2048, 3)), KEY],
  [
    "RSA with the exponent 1",
    (scene) =>
      forge(scene, { header: { alg: "RS256", jwk: { ...RSA_JWK, e: "AQ" } }, sign: padded }),
    KEY,
  ],
  ["RSA with another spelling of the exponent", signedByRsa({ ...RSA_JWK, e: "AAEAAQ" }), KEY],
  ["RSA without an exponent", signedByRsa({ ...RSA_JWK, e: undefined }), KEY],
  ["RSA without a modulus", signedByRsa({ ...RSA_JWK, n: "" }), KEY],
  ["RSA, with its private part", withPrivatePart(RSA), KEY],
  ["RSA, said to be ES256", pair("ES256", RSA), KEY],
  ["RSA, signed by PSS", pair("RS256", RSA, { isPss: true }), "its signature is wrong"],
  ["RSA, said to be PS256", pair("PS256", RSA, { isPss: true }), ALGORITHM],
];

/** A proof by RS256 whose header brings `members`, signed by another key. */
function signedByRsa(members: object): (scene: ProofScene) => Promise<string> {
  return (scene) =>
    forge(scene, { header: { alg: "RS256", jwk: members }, sign: signBy(RSA.privateKey) });
}

function withPrivatePart({ privateKey }: Pair): (scene: ProofScene) => Promise<string> {
  return signedByRsa(privateKey.export({ format: "jwk" }));
}

/** The keys that a refresh brings: none counts, as the session has one. */
export const BROUGHT_ROWS: ProofRow[] = [
  ["its own", (scene) => jwk(scene.device.jwk)(scene), "it brings a key"],
  ["of the thief, who has signed with it", pair("ES256", P256), "it brings a key"],
  ["null", jwk(null), "it brings a key"],
  ["of the thief, RSA", pair("RS256", RSA), "it brings a key"],
];
