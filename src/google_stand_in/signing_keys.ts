import { exportJWK, generateKeyPair, type JWK } from "jose";

/** A key pair, with the public key as a JWK for the key set. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

/** The keys in the key set. The newest one signs. */
export interface SigningKeys {
  newest(): SigningKey;
  keySet(): { keys: JWK[] };
  /** Adds a new key. The previous key stays in the key set, so that its tokens remain valid. */
  rotate(): Promise<void>;
}

/** Creates two RSA keys of 2048 bits, as Google has them. */
export async function createSigningKeys(): Promise<SigningKeys> {
  let keys = await Promise.all([createSigningKey(), createSigningKey()]);
  return {
    newest: () => keys[0] as SigningKey,
    keySet: () => ({ keys: keys.map((key) => key.jwk) }),
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
  return { kid, privateKey, publicKey, jwk };
}
