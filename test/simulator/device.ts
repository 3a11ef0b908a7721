import { createECDH, createHash, createPrivateKey, type KeyObject, sign } from "node:crypto";

import { base64url } from "jose";

/** What a browser that binds sessions knows: its key, and what the server wants signed. */
export interface Device {
  key: DeviceKey;
  /** The challenge of a session that has just begun. */
  offer: string | null;
  /** The session that is bound, and the challenge that is signed next. */
  sessionId: string | null;
  challenge: string | null;
  /** Those before: a browser that was restarted may have kept one of them. */
  earlier: readonly string[];
}

/** A key that cannot leave its device. */
export interface DeviceKey {
  name: string;
  privateKey: KeyObject;
  jwk: { kty: "EC"; crv: "P-256"; x: string; y: string };
}

/** The device of a browser. Its name decides the key, so that runs repeat. */
export function createDevice(name: string): Device {
  return { key: createKey(name), offer: null, sessionId: null, challenge: null, earlier: [] };
}

function createKey(name: string): DeviceKey {
  const curve = createECDH("prime256v1");
  const d = createHash("sha256").update(name).digest();
  curve.setPrivateKey(d);
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => base64url.encode(part));
  const jwk = { kty: "EC", crv: "P-256", x: x as string, y: y as string } as const;
  const key = { ...jwk, d: base64url.encode(d) };
  return { name, jwk, privateKey: createPrivateKey({ key, format: "jwk" }) };
}

/** A proof of the key. At a registration it brings the public part. */
export function prove(
  { privateKey, jwk }: DeviceKey,
  { challenge, bringsKey }: { challenge: string | null; bringsKey: boolean },
): string {
  const header = { alg: "ES256", typ: "dbsc+jwt", ...(bringsKey ? { jwk } : {}) };
  const signed = [header, { jti: challenge }]
    .map((part) => base64url.encode(JSON.stringify(part)))
    .join(".");
  const options = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
  return `${signed}.${base64url.encode(sign("sha256", Buffer.from(signed), options))}`;
}

/** When a challenge was made, in milliseconds since 1970. */
export function timeOf(challenge: string): number {
  return Number(Buffer.from(challenge.split(".")[0] ?? "", "base64url").readBigUInt64BE());
}
