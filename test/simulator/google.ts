import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

import { base64url } from "jose";

import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { EVENT_URIS, type EventName } from "../../src/google_stand_in/security_event_tokens.ts";
import { CLIENT_ID } from "../fixture.ts";

const ISSUER = "https://accounts.google.com";
const HOUR_S = 3600;
const PAIRS = Array.from({ length: 3 }, () => generateKeyPairSync("rsa", { modulusLength: 2048 }));
/** Of no key that Google ever published. */
const FOREIGN = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

/** What is wrong with a token that somebody presents. */
export const FLAWS = ["foreign_key", "foreign_audience", "unknown_kid", "old", "early"] as const;
export type Flaw = (typeof FLAWS)[number] | null;

/** A token, with the facts that decide about it. */
export interface Signed {
  token: string;
  kid: string;
  flaw: Flaw;
  /** When Google issued it, in seconds since 1970. */
  iat: number;
}

/** An ID token. */
export interface Credential extends Signed {
  account: StandInPerson;
  nonce: string | null;
}

/** A security event token about one account. */
export interface SecurityEvent extends Signed {
  jti: string;
  kind: EventName;
  sub: string;
}

/** How Google's key endpoint answers. */
export const MOODS = ["well", "well", "well", "away", "broken", "page", "empty"] as const;

/** Google: signs with keys that it rotates, publishes them when it can, and tells about accounts. */
export class Google {
  mood: (typeof MOODS)[number] = "well";
  #rotations = 1;

  /** The ids of the published keys: the newest one signs. */
  get kids(): string[] {
    return [`key-${this.#rotations}`, `key-${this.#rotations - 1}`];
  }

  rotate(): void {
    this.#rotations += 1;
  }

  /** Answers a request for the keys, and tells `learn` which ones it has given. */
  answerKeys(now: number, learn: (kids: string[]) => void): Response {
    const headers = { date: new Date(now).toUTCString(), "cache-control": "max-age=3600" };
    if (this.mood === "away") throw new TypeError("Google is away");
    if (this.mood === "broken") return new Response("{}", { status: 500, headers });
    if (this.mood === "page") return new Response("<p>Sorry", { headers });
    if (this.mood === "empty") return Response.json({ keys: [] }, { headers });
    learn(this.kids);
    const keys = this.kids.map((kid) => ({
      ...pairOf(kid).publicKey.export({ format: "jwk" }),
      ...{ kid, alg: "RS256", use: "sig" },
    }));
    return Response.json({ keys }, { headers });
  }

  issueCredential(
    account: StandInPerson,
    { nonce, now, flaw }: { nonce: string | null; now: number; flaw: Flaw },
  ): Credential {
    const iat = issueTime(now, flaw);
    const { sub, email, emailVerified, hostedDomain, name } = account;
    const claims = {
      ...{ iss: ISSUER, aud: audienceOf(flaw), iat, nbf: iat - 300, exp: iat + HOUR_S },
      ...{ sub, email, email_verified: emailVerified, name },
      ...(hostedDomain === undefined ? {} : { hd: hostedDomain }),
      ...(nonce === null ? {} : { nonce }),
    };
    return { ...this.#sign(claims, flaw), flaw, iat, account, nonce };
  }

  issueEvent(
    sub: string,
    { kind, jti, now, flaw }: { kind: EventName; jti: string; now: number; flaw: Flaw },
  ): SecurityEvent {
    const iat = issueTime(now, flaw);
    const subject = { subject_type: "iss-sub", iss: ISSUER, sub };
    const events = { [EVENT_URIS[kind]]: kind === "verification" ? {} : { subject } };
    const claims = { iss: `${ISSUER}/`, aud: audienceOf(flaw), iat, jti, events };
    return { ...this.#sign(claims, flaw), flaw, iat, jti, kind, sub };
  }

  #sign(claims: object, flaw: Flaw): { token: string; kid: string } {
    const [newest = ""] = this.kids;
    const kid = flaw === "unknown_kid" ? "key-of-nobody" : newest;
    const key = flaw === "foreign_key" ? FOREIGN : pairOf(newest).privateKey;
    const parts = [{ alg: "RS256", kid, typ: "JWT" }, claims].map((part) =>
      base64url.encode(JSON.stringify(part)),
    );
    const signature = sign("RSA-SHA256", Buffer.from(parts.join(".")), key);
    return { token: [...parts, base64url.encode(signature)].join("."), kid };
  }
}

function pairOf(kid: string): { privateKey: KeyObject; publicKey: KeyObject } {
  const number = Number(kid.slice("key-".length));
  return PAIRS[number % PAIRS.length] as (typeof PAIRS)[number];
}

function issueTime(now: number, flaw: Flaw): number {
  const seconds = Math.floor(now / 1000);
  if (flaw === "old") return seconds - 2 * HOUR_S;
  return flaw === "early" ? seconds + 600 : seconds;
}

function audienceOf(flaw: Flaw): string {
  return flaw === "foreign_audience" ? "another-client" : CLIENT_ID;
}
