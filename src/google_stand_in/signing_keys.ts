import { exportJWK, generateKeyPair, type JWK } from "jose";

import { createCertificate } from "./certificates.ts";

const COMMON_NAME = "federated-signon.system.gserviceaccount.com";

/** A key pair, with the public key as a JWK and as a certificate for the key sets. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
  /** In PEM. */
  certificate: string;
}

/** The keys in the key set. The newest one signs. */
export interface SigningKeys {
  newest(): SigningKey;
  keySet(): { keys: JWK[] };
  /** The same keys as certificates in PEM, by their ids. */
  certificates(): Record<string, string>;
  /** Adds a new key. The previous key stays in the key set, so that its tokens remain valid. */
  rotate(): Promise<void>;
}

/** Creates two RSA keys of 2048 bits, as Google has them. */
export async function createSigningKeys(): Promise<SigningKeys> {
  let keys = await Promise.all([createSigningKey(), createSigningKey()]);
  return {
    newest: () => keys[0] as SigningKey,
    keySet: () => ({ keys: keys.map((key) => key.jwk) }),
    certificates: () => Object.fromEntries(keys.map(({ kid, certificate }) => [kid, certificate])),
    rotate: async () => {
      keys = [await createSigningKey(), keys[0] as SigningKey];
    },
  };
}

/** Creates an RSA key pair with a random id, in no key set yet. */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = crypto.getRandomValues(new Uint8Array(20)).toHex();
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  const certificate = await createCertificate(
    { privateKey, publicKey },
    { commonName: COMMON_NAME },
  );
  return { kid, privateKey, publicKey, jwk, certificate };
}
