import { exportJWK, generateKeyPair, type JWK } from "jose";

/** A key pair of the stand-in's, with the public half as the key set shows it. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

/** The keys that the stand-in shows; the newest signs. */
export interface SigningKeys {
  newest(): SigningKey;
  keySet(): { keys: JWK[] };
  /** Begins to sign with a new key, and shows the one before it for the tokens that are under way. */
  rotate(): Promise<void>;
}

/** Two RSA keys of 2048 bits, as Google has them. */
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

/** A new RSA key pair under a random id, shown in no key set yet. */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = crypto.getRandomValues(new Uint8Array(20)).toHex();
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  return { kid, privateKey, publicKey, jwk };
}
