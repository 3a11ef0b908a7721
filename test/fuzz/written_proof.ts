import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

import { type Text, writeOut } from "./hostile_text.ts";
import { type Changes, writeJson } from "./json_text.ts";

/** The route that a proof is for. */
export type ProofRoute = "registration" | "refresh";

/** How a proof is written: rightly in most cases. */
export interface ProofWriting {
  jwk: Changes;
  header: Changes;
  payload: Changes;
  signer: "device" | "stranger" | "hmac" | "flipped" | "cut" | "none";
  shape: "bare" | "quoted" | "half" | "padded" | "base64" | "two" | "four" | "list" | "inside";
  text: Text;
  /** Where something is changed. */
  at: number;
}

/** A device and its key. */
export interface Device {
  kind: "EC" | "RSA";
  jwk: JsonWebKey;
  privateKey: KeyObject;
}

/** Makes a key as a device does. */
export function createDevice(kind: Device["kind"]): Device {
  const { publicKey, privateKey } =
    kind === "EC"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { kind, jwk: publicKey.export({ format: "jwk" }) as JsonWebKey, privateKey };
}

const STRANGER = createDevice("EC").privateKey;

/** Writes a proof that is for the challenge `jti`. */
export function writeProof(
  one: ProofWriting,
  { route, device, jti }: { route: ProofRoute; device: Device; jti: string },
): string {
  const { kind, jwk, privateKey } = device;
  const changed = writeJson(jwk as Record<string, unknown>, one.jwk, 0).toString();
  const alg = kind === "RSA" ? "RS256" : "ES256";
  const plain = writeJson({ alg, typ: "dbsc+jwt" }, one.header, 0).toString();
  const withKey = plain.replace(/}(\s*)$/, `,"jwk":${changed}}$1`);
  const header = route === "registration" ? withKey : plain;
  const payload = writeJson({ jti }, one.payload, 0);
  const parts = [Buffer.from(header), payload].map((part) => part.toString("base64url"));
  const bytes = signature(one, { signed: parts.join("."), key: privateKey, jwk });
  return putTogether([...parts, bytes.toString("base64url")], one);
}

function signature(
  { signer, at }: ProofWriting,
  { signed, key, jwk }: { signed: string; key: KeyObject; jwk: object },
): Buffer {
  if (signer === "none") return Buffer.alloc(0);
  if (signer === "hmac") return createHmac("sha256", JSON.stringify(jwk)).update(signed).digest();
  const by = signer === "stranger" ? STRANGER : key;
  const bytes = sign("sha256", Buffer.from(signed), { key: by, dsaEncoding: "ieee-p1363" });
  const place = at % bytes.length;
  if (signer === "cut") return bytes.subarray(0, place);
  if (signer === "flipped") bytes[place] = (bytes[place] ?? 0) ^ 1;
  return bytes;
}

/** A proof of two parts that is rightly signed. */
export function signEs256(parts: Buffer[], key: KeyObject): string {
  const signed = parts.map((part) => part.toString("base64url")).join(".");
  const bytes = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${bytes.toString("base64url")}`;
}

function putTogether(parts: string[], { shape, at, text }: ProofWriting): string {
  const whole = parts.join(".");
  switch (shape) {
    case "bare":
      return whole;
    case "quoted":
      return `"${whole}"`;
    case "half":
      return at % 2 ? `"${whole}` : `${whole}"`;
    case "padded":
      return parts.map((part, index) => (index === at % 3 ? `${part}=` : part)).join(".");
    case "base64":
      return whole.replaceAll("-", "+").replaceAll("_", "/");
    case "two":
      return parts.slice(0, 2).join(".");
    case "four":
      return at % 2 ? `${whole}.` : `.${whole}`;
    case "list":
      return `${whole}, ${whole}`;
    case "inside":
      return whole.slice(0, at) + writeOut(text) + whole.slice(at);
  }
}
