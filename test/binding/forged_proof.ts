import { constants, createHmac, type KeyObject, sign as signWith } from "node:crypto";

import type { DeviceKey } from "../dbsc_browser.ts";

/** The route that a proof is for. */
export type ProofRoute = "registration" | "refresh";

/** What a hostile proof can be made of. */
export interface ProofScene {
  route: ProofRoute;
  /** The address of the route. */
  audience: string;
  /** The key of the session, or the one that is to become it. */
  device: DeviceKey;
  /** The key of another session. */
  stranger: DeviceKey;
  /** What Foyer wants signed. */
  challenge: string;
  /** What Foyer wants another session to sign at the same route. */
  foreign: string;
  /** A challenge of this session, made at a time by whoever knows its secret. */
  challengeAt(ms: number, route?: ProofRoute): string;
}

/** The parts of a proof in the place of good ones. A text stands for itself, `undefined` leaves a member out. */
export interface Forgery {
  header?: Record<string, unknown> | string;
  payload?: Record<string, unknown> | string | Uint8Array;
  /** Signs `header.payload`. */
  sign?: (signed: string) => Uint8Array | Promise<Uint8Array>;
}

/** A proof as a browser makes it, but for what `forgery` says. */
export async function forge(scene: ProofScene, forgery: Forgery = {}): Promise<string> {
  const { alg, jwk, privateKey } = scene.device;
  const key = scene.route === "registration" ? { jwk } : {};
  const header = fill({ alg, typ: "dbsc+jwt", ...key }, forgery.header);
  const payload = fill({ jti: scene.challenge }, forgery.payload);
  const signed = `${encode(header)}.${encode(payload)}`;
  const sign = forgery.sign ?? ((text: string) => signEs256(text, privateKey));
  return `${signed}.${encode(await sign(signed))}`;
}

function fill(good: object, part: object | string | Uint8Array = {}): string | Uint8Array {
  if (typeof part === "string" || part instanceof Uint8Array) return part;
  return JSON.stringify({ ...good, ...part });
}

/** In base64url. */
export function encode(value: string | Uint8Array): string {
  return Buffer.from(value).toString("base64url");
}

/** The signature of ES256. */
export async function signEs256(text: string, key: CryptoKey): Promise<Uint8Array> {
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, Buffer.from(text)));
}

/** A signature by a key of any kind, padded by PSS if that is said. */
export function signBy(key: KeyObject, { hash = "sha256", isPss = false } = {}) {
  const padding = isPss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {};
  const encoding = key.asymmetricKeyType === "ec" ? { dsaEncoding: "ieee-p1363" as const } : {};
  return (text: string) => signWith(hash, Buffer.from(text), { key, ...padding, ...encoding });
}

/** The signature of HS256. */
export function signHs256(secret: string) {
  return (text: string) => createHmac("sha256", secret).update(text).digest();
}
