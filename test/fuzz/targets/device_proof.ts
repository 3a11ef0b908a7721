import fc from "fast-check";

import { ADA, GRACE } from "../../fixture.ts";
import type { Visitor } from "../../visitor.ts";
import { headerValue, judgeAnswer, send } from "../exchange.ts";
import { hostileOrLong, writeOut } from "../hostile_text.ts";
import { changes, fewChanges } from "../json_text.ts";
import { judgeProof, type ProofVerdict } from "../rules/device_proof.ts";
import { createScene, type Scene } from "../scene.ts";
import type { Target } from "../target.ts";
import {
  createDevice,
  type Device,
  type ProofRoute,
  type ProofWriting,
  signEs256,
  writeProof,
} from "../written_proof.ts";

const ORIGIN = "https://auth.example.com";
const PATHS = { registration: "/auth/binding", refresh: "/auth/binding/refresh" } as const;
/** So much time passes with each case, so that limits do not answer instead. */
const CASE_MS = 12_000;
const CHALLENGE_MS = { registration: 120_000, refresh: 1_200_000 } as const;
/** After so many cases, people sign in again. */
const LIFE = { registration: 13, refresh: 150 } as const;

const often = <T>(count: number, usual: T, ...others: T[]) =>
  fc.constantFrom(...Array<T>(count).fill(usual), ...others);

interface Case extends ProofWriting {
  route: ProofRoute;
  kind: Device["kind"];
  /** Which challenge is signed. */
  jti: "given" | "earlier" | "of another" | "of the other route" | "changed" | "cut" | "twice";
  /** How the browser names its session. */
  id: "own" | "quoted" | "of another" | "hostile";
}

const HEADER_NAMES = ["alg", "alg", "typ", "crit", "b64", "jwk", "kid", "jku", "x5c", "__proto__"];
const HEADER_VALUES = [
  ...['"ES256"', '"RS256"', '"none"', '"HS256"', '"ES384"', '"PS256"', '"es256"', '["ES256"]'],
  ...['"dbsc+jwt"', '"DBSC+JWT"', '"JWT"', '["dbsc+jwt"]', '["b64"]', "[]", "{}", "true", "null"],
];
const KEY_NAMES = ["kty", "crv", "x", "y", "n", "e", "d", "k", "p", "use", "alg", "key_ops"];
const KEY_VALUES = [
  ...[
    '"EC"',
    '"RSA"',
    '"oct"',
    '"OKP"',
    '"P-256"',
    '"P-384"',
    '"AQAB"',
    '"AQ"',
    '"Aw"',
    '"AAEAAQ"',
  ],
  ...['""', '"AA"', `"${"A".repeat(43)}"`, `"${"A".repeat(42)}E"`, `"${"_".repeat(342)}"`],
  ...[`"${"A".repeat(300)}"`, "null", "1", "[]"],
];
const CLAIM_NAMES = ["jti", "aud", "aud", "exp", "iss", "authorization", "__proto__", "x"];
const CLAIM_VALUES = [
  ...Object.values(PATHS).map((path) => JSON.stringify(ORIGIN + path)),
  ...[`["${ORIGIN}${PATHS.refresh}"]`, `"${ORIGIN}"`, '"."', '"AAAAAAAAAAA."', "null", "[]", "1"],
];

interface Bound {
  visitor: Visitor;
  id: string;
  device: Device;
  /** The challenge of its registration. */
  offered: string;
  /** The challenges that it was given at its route, and when, the newest last. */
  given: { challenge: string; at: number }[];
  /** The place of the newest of them that was answered. */
  answered: number;
  casesLeft: number;
}

interface Tools {
  scene: Scene;
  own: Record<ProofRoute, Bound | null>;
  /** Somebody else's. */
  others: Record<ProofRoute, Bound>;
}

const RSA_DEVICE = createDevice("RSA");

/** What devices send to bind a session, and to prove it. The oracle reads the proof that was sent, by other means. */
export async function deviceProofTarget(): Promise<Target<Case>> {
  const scene = await createScene({ ORIGIN, SESSION_MAX_AGE: "604800" });
  const others = {
    registration: await arrive(scene, { route: "registration", person: ADA }),
    refresh: await arrive(scene, { route: "refresh", person: ADA }),
  };
  const tools: Tools = { scene, others, own: { registration: null, refresh: null } };
  return {
    name: "device_proof",
    round: 1000,
    arbitrary: fc.record({
      route: fc.constantFrom<ProofRoute>("registration", "refresh", "refresh"),
      kind: often<Case["kind"]>(4, "EC", "RSA"),
      jwk: fewChanges(KEY_NAMES, KEY_VALUES),
      header: fewChanges(HEADER_NAMES, HEADER_VALUES),
      payload: fc.oneof(
        { weight: 2, arbitrary: fewChanges(CLAIM_NAMES, CLAIM_VALUES) },
        { weight: 1, arbitrary: changes(CLAIM_NAMES, CLAIM_VALUES) },
      ),
      jti: often<Case["jti"]>(
        8,
        "given",
        "earlier",
        "earlier",
        "of another",
        "of the other route",
        "changed",
        "cut",
        "twice",
      ),
      signer: often<Case["signer"]>(12, "device", "stranger", "hmac", "flipped", "cut", "none"),
      shape: often<Case["shape"]>(
        14,
        "bare",
        "quoted",
        "half",
        "padded",
        "base64",
        "two",
        "four",
        "list",
        "inside",
      ),
      id: often<Case["id"]>(14, "own", "quoted", "of another", "hostile"),
      text: hostileOrLong,
      at: fc.nat(400),
    }),
    check: (one) => check(one, tools),
  };
}

/** A browser that has just signed in, and is bound for the refresh. */
async function arrive(
  scene: Scene,
  { route, person = GRACE }: { route: ProofRoute; person?: typeof ADA },
): Promise<Bound> {
  const visitor = scene.foyer.visitor();
  const device = createDevice("EC");
  const offer = (await visitor.signIn(person)).headers.get("secure-session-registration");
  const id = await visitor.shownSession();
  const casesLeft = LIFE[route];
  const bound: Bound = { visitor, id, device, offered: "", given: [], answered: -1, casesLeft };
  noteChallenge(bound, { value: /challenge=("[^"]+")/.exec(offer ?? "")?.[1], scene });
  bound.offered = newest(bound);
  if (route === "registration") return bound;
  const proof = signEs256(
    [{ alg: "ES256", typ: "dbsc+jwt", jwk: device.jwk }, { jti: newest(bound) }].map((part) =>
      Buffer.from(JSON.stringify(part)),
    ),
    device.privateKey,
  );
  const headers = { "secure-session-response": proof };
  // Else the two challenges would differ by their purpose alone, and be equal if that did not count.
  scene.foyer.clock.pass(1000);
  const answer = await visitor.send(PATHS.registration, { method: "POST", headers });
  bound.given = [];
  noteChallenge(bound, { value: answer.headers.get("secure-session-challenge"), scene });
  return bound;
}

function noteChallenge(
  bound: Bound,
  { value, scene }: { value: string | null | undefined; scene: Scene },
): void {
  const challenge = /^"([\w-]+\.[\w-]+)"/.exec(value ?? "")?.[1];
  if (challenge) bound.given.push({ challenge, at: scene.foyer.clock.now });
}

const newest = ({ given }: Bound) => given.at(-1)?.challenge ?? "";

async function check(one: Case, tools: Tools): Promise<string | null> {
  const { scene, own, others } = tools;
  const { route } = one;
  scene.foyer.clock.pass(CASE_MS);
  const bound = (own[route] ??= await arrive(scene, { route }));
  const parties = { bound, other: others[route] };
  const isRsa = one.kind === "RSA" && route === "registration";
  const device = isRsa ? RSA_DEVICE : bound.device;
  const proof = headerValue(writeProof(one, { route, device, jti: writeJti(one, parties) }));
  const name = headerValue(writeName(one, parties));
  bound.casesLeft -= 1;
  const request = writeRequest(bound, { route, proof, name });
  if (!request) return null;
  const secrets = [proof, newest(bound), ...bound.visitor.cookies.values()];
  const answer = await send(scene, request);
  if (bound.casesLeft <= 0) own[route] = null;
  const wrong = judgeAnswer(scene, answer, secrets);
  if (wrong) return wrong;

  const { status, headers } = answer.response;
  const key = route === "refresh" ? bound.device.jwk : null;
  const rule = judgeProof(proof, { key, audience: ORIGIN + PATHS[route] });
  const place = bound.given.findIndex(({ challenge }) => challenge === rule.jti);
  const isFresh = isFreshAt(bound, { place, route, now: scene.foyer.clock.now });
  const isNamed = route === "registration" || name === bound.id || name === `"${bound.id}"`;
  const expected = isNamed ? statusesOf(rule, { route, isFresh }) : [401];
  if (!expected.includes(status)) return `${status}, not ${expected.join(" or ")}: ${rule.why}`;
  const isGiven = headers.getSetCookie().some((line) => line.startsWith("__Host-session_bound="));
  if (isGiven !== (status === 200)) return `${status}, bound cookie: ${isGiven}`;
  if (status === 200 && route === "registration") own[route] = null;
  if (status === 200) bound.answered = place;
  noteChallenge(bound, { value: headers.get("secure-session-challenge"), scene });
  return null;
}

function isFreshAt(
  { given, answered }: Bound,
  { place, route, now }: { place: number; route: ProofRoute; now: number },
): boolean {
  const { at } = given[place] ?? {};
  return at !== undefined && place >= answered && now - at < CHALLENGE_MS[route];
}

/** The registration answers 400 to everything else, the refresh 401 to wrong proofs and 403 to wrong challenges. */
function statusesOf(
  { verdict }: ProofVerdict,
  { route, isFresh }: { route: ProofRoute; isFresh: boolean },
): number[] {
  const good = isFresh ? 200 : route === "refresh" ? 403 : 400;
  const refused = route === "refresh" ? 401 : 400;
  if (verdict === "yes") return [good];
  return verdict === "no" ? [refused] : [good, refused, ...(route === "refresh" ? [403] : [])];
}

function writeRequest(
  { visitor }: Bound,
  { route, proof, name }: { route: ProofRoute; proof: string; name: string },
): Request | null {
  const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
  const headers = { cookie, "secure-session-response": proof, "sec-secure-session-id": name };
  try {
    return new Request(`http://localhost${PATHS[route]}`, { method: "POST", headers });
  } catch {
    return null;
  }
}

interface Parties {
  bound: Bound;
  other: Bound;
}

function writeName({ id, text }: Case, { bound, other }: Parties): string {
  if (id === "hostile") return writeOut(text);
  if (id === "of another") return other.id;
  return id === "own" ? bound.id : `"${bound.id}"`;
}

function writeJti({ jti, at }: Case, { bound, other }: Parties): string {
  const given = newest(bound);
  const place = at % given.length;
  switch (jti) {
    case "given":
      return given;
    case "earlier":
      return bound.given[at % bound.given.length]?.challenge ?? "";
    case "of another":
      return newest(other);
    case "of the other route":
      return bound.offered;
    case "changed":
      return given.slice(0, place) + (given[place] === "A" ? "B" : "A") + given.slice(place + 1);
    case "cut":
      return given.slice(0, place);
    case "twice":
      return `${given}.${given}`;
  }
}
