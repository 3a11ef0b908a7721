import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

import type { StandInPerson } from "../src/google_stand_in/people.ts";
import { PATHS } from "../src/paths.ts";
import type { Visit, Visitor } from "./visitor.ts";

/** The cookie of a bound session. */
export const BOUND = "__Host-session_bound";

export type ProofAlgorithm = "ES256" | "RS256";

/** How a proof differs from what a browser sends. */
export interface ProofOrder {
  key?: CryptoKey;
  header?: Record<string, unknown>;
  payload?: Record<string, unknown>;
}

/** The key pair of a device. */
export interface DeviceKey {
  alg: ProofAlgorithm;
  privateKey: CryptoKey;
  jwk: JWK;
}

/** Makes a key as a device does. */
export async function createDeviceKey(alg: ProofAlgorithm = "ES256"): Promise<DeviceKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, jwk: await exportJWK(publicKey) };
}

/** What a browser that can bind sessions does beside a visitor's requests, as Chromium 156 does it. */
export class DbscBrowser {
  readonly visitor: Visitor;
  readonly key: DeviceKey;
  /** The session's name, once it is bound. */
  sessionId: string | null = null;
  /** What the server wants signed next. */
  challenge: string | null = null;

  constructor(visitor: Visitor, key: DeviceKey) {
    this.visitor = visitor;
    this.key = key;
  }

  /** Signs in and takes note of the offer, which is its challenge. */
  async signIn(person: StandInPerson): Promise<Response> {
    const answer = await this.visitor.signIn(person);
    this.noteOffer(answer);
    return answer;
  }

  noteOffer(answer: Response): void {
    const offer = answer.headers.get("secure-session-registration") ?? "";
    this.challenge = /;challenge="([^"]+)"/.exec(offer)?.[1] ?? null;
  }

  /** Takes note of what the server wants signed next. */
  noteChallenge(headers: Headers): void {
    const given = /^"([^"]+)"/.exec(headers.get("secure-session-challenge") ?? "")?.[1];
    if (given) this.challenge = given;
  }

  /** Signs in and binds the session. */
  async signInBound(person: StandInPerson): Promise<Response> {
    await this.signIn(person);
    return this.register();
  }

  /** Brings the device's key, with `proof` in the place of a good one. */
  async register(proof?: string, visit: Visit = {}): Promise<Response> {
    const { jwk } = this.key;
    const sent = proof ?? (await this.prove({ header: { jwk } }));
    const answer = await this.#post(PATHS.binding, { "secure-session-response": sent }, visit);
    if (answer.status === 200 && !visit.isAnswerLost) {
      const { session_identifier } = (await answer.clone().json()) as Record<string, string>;
      this.sessionId = session_identifier ?? null;
    }
    return answer;
  }

  /** Asks for the next bound token once, with `proof` in the place of what a browser would send. */
  async refreshOnce(proof?: string | null, visit: Visit = {}): Promise<Response> {
    const own = this.challenge === null ? null : await this.prove();
    const sent = proof === undefined ? own : proof;
    return this.#post(
      PATHS.bindingRefresh,
      {
        "sec-secure-session-id": this.sessionId ?? "",
        ...(sent === null ? {} : { "secure-session-response": sent }),
      },
      visit,
    );
  }

  /** Asks for the next bound token, and answers a challenge. */
  async refresh(): Promise<Response> {
    const first = await this.refreshOnce();
    return first.status === 403 ? this.refreshOnce() : first;
  }

  /** A proof of the challenge at hand. */
  async prove({ key, header = {}, payload = {} }: ProofOrder = {}): Promise<string> {
    const { alg, privateKey } = this.key;
    const claims = { jti: this.challenge ?? "", ...payload };
    return new SignJWT(claims)
      .setProtectedHeader({ alg, typ: "dbsc+jwt", ...header })
      .sign(key ?? privateKey);
  }

  async #post(path: string, headers: Record<string, string>, visit: Visit): Promise<Response> {
    const own = { "sec-fetch-mode": "no-cors", "sec-fetch-dest": "empty", ...headers };
    const answer = await this.visitor.send(path, {
      method: "POST",
      ...visit,
      headers: { ...own, ...visit.headers },
    });
    if (!visit.isAnswerLost) this.noteChallenge(answer.headers);
    return answer;
  }
}
