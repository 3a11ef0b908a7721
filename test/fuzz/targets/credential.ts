import fc from "fast-check";

import { createNonce } from "../../../src/auth/nonce.ts";
import { createReturnState } from "../../../src/auth/return_state.ts";
import { CLIENT_ID } from "../../fixture.ts";
import { judgeAnswer, send } from "../exchange.ts";
import { type Changes, changes, fewChanges, writeJson } from "../json_text.ts";
import { judgeIdToken } from "../rules/id_token.ts";
import type { Scene } from "../scene.ts";
import type { Target } from "../target.ts";
import {
  createTokenWriter,
  SHAPES,
  SIGNERS,
  type TokenWriter,
  type Writing,
} from "../written_token.ts";

const WAYS = ["login", "redirect", "link"] as const;
/** Only `good` is this browser's, fresh and unused. */
const NONCES = [
  ...Array<"good">(14).fill("good"),
  ...(["none", "others", "expired", "early", "used", "state", "cut", "changed"] as const),
] as const;

interface Case extends Writing {
  way: (typeof WAYS)[number];
  header: Changes;
  claims: Changes;
  nonce: (typeof NONCES)[number];
}

const HEADER_NAMES = ["alg", "alg", "kid", "crit", "typ", "b64", "jwk", "jku", "x5c", "zip", "x"];
const HEADER_VALUES = [
  ...['"RS256"', '"none"', '"None"', '"HS256"', '"RS512"', '"PS256"', '"rs256"', '["RS256"]'],
  ...['"JWT"', '["b64"]', "[]", "true", "false", "null", "0", '""', '"http://evil.example"'],
];
const CLAIM_NAMES = [
  ...["iss", "aud", "azp", "exp", "exp", "iat", "iat", "nbf", "sub", "email", "email_verified"],
  ...["hd", "name", "picture", "events", "nonce", "jti", "__proto__", "x"],
];
const CLAIM_VALUES = [
  ...['"https://accounts.google.com"', '"accounts.google.com"', '"https://accounts.google.com/"'],
  ...[`"${CLIENT_ID}"`, `["${CLIENT_ID}"]`, `["${CLIENT_ID}","b"]`, `"${CLIENT_ID}.evil.example"`],
  ...['"ada@gmail.com"', '"a@b@c"', '"ada"', '"ädа@gmail.com"', '"1"', '"1 2"', '"<b>@c"'],
  ...['"a\\u0000b@c.d"', '"a\\ud83d@c.d"', '"\\u0000"', '"a\\ude00"'],
  ...["@0", "@1", "@-59", "@-60", "@-61", "@60", "@61", "@-3659", "@-3660", "@-3661", "@0.5"],
  ...["@3600", "@86340", "@86341", "@86400", "@86401", "@1e9", "1e999", "-1e999", "-0", "0", "-1"],
  ...["true", "false", "null", "{}", "[]", '""', '"true"', '{"a":{}}', '"2026-01-01"'],
];

const BROWSER = "C".repeat(43);
const CSRF = "csrf-0123456789abcdef";

interface Tools {
  scene: Scene;
  write: TokenWriter;
  /** One that has signed in already. */
  usedNonce: string;
  /** The session of whoever was let in last. */
  session: string;
}

/** ID tokens in their three parts, by every way in. The oracle reads the token that was sent, by other means. */
export async function credentialTarget(scene: Scene): Promise<Target<Case>> {
  const write = await createTokenWriter(scene.foyer.google);
  const tools: Tools = { scene, write, usedNonce: "", session: "" };
  const untouched: Changes = { members: [], text: "as it is" };
  const plain = {
    header: untouched,
    claims: untouched,
    signer: "google",
    shape: "plain",
    at: 0,
  } as const;
  tools.usedNonce = writeNonce("good", { scene, at: 0, usedNonce: "" });
  await post(
    writeCredential({ ...plain, way: "login", nonce: "used" }, tools).token,
    "login",
    tools,
  );
  return {
    name: "credential",
    round: 500,
    arbitrary: fc.record({
      way: fc.constantFrom(...WAYS),
      header: fewChanges(HEADER_NAMES, HEADER_VALUES),
      claims: changes(CLAIM_NAMES, CLAIM_VALUES),
      nonce: fc.constantFrom(...NONCES),
      signer: fc.constantFrom(...SIGNERS),
      shape: fc.constantFrom(...SHAPES),
      at: fc.nat(400),
    }),
    check: (one) => check(one, tools),
  };
}

async function check(one: Case, tools: Tools): Promise<string | null> {
  const { scene } = tools;
  const { clock, google } = scene.foyer;
  const { token, nonce } = writeCredential(one, tools);
  const secrets = [
    token,
    ...token.split(".").slice(1),
    ...nonce.split("."),
    CSRF,
    BROWSER,
    tools.session,
  ];
  const answer = await post(token, one.way, tools);
  const wrong = judgeAnswer(scene, answer, secrets);
  if (wrong) return wrong;
  const { status, headers } = answer.response;
  const signature = token.split(".")[2] ?? "";
  if (signature.length > 12 && answer.text.includes(signature)) return "quotes the credential";
  const cookie = headers.getSetCookie().find((line) => line.startsWith("session_id="));
  const isTaken = status === 200 || status === 303;
  if (isTaken !== (cookie !== undefined)) return `answers ${status}, cookie: ${cookie}`;
  if (cookie) tools.session = /^session_id=([^;]*)/.exec(cookie)?.[1] ?? "";

  const rule = judgeIdToken(token, { keys: google.keys.keySet(), now: clock.now / 1000 });
  const isFresh = one.nonce === "good" && rule.nonce === nonce;
  if (isTaken && rule.verdict === "no") return `takes a token although ${rule.why}`;
  if (isTaken && rule.verdict === "yes" && !isFresh) return `takes a nonce that is ${one.nonce}`;
  if (isTaken || rule.verdict !== "yes" || !isFresh) return null;
  return `refuses a good token: ${answer.text.slice(0, 300)}`;
}

function writeCredential(one: Case, { scene, write, usedNonce }: Tools) {
  const { clock, google } = scene.foyer;
  const nowS = clock.now / 1000;
  const nonce = writeNonce(one.nonce, { scene, at: one.at, usedNonce });
  const header = writeJson(
    { alg: "RS256", kid: google.keys.newest().kid, typ: "JWT" },
    one.header,
    nowS,
  );
  const who = { iss: "https://accounts.google.com", azp: CLIENT_ID, aud: CLIENT_ID };
  const person = { sub: "3000000001", email: "fuzz@gmail.com", email_verified: true, name: "Fuzz" };
  const times = { iat: nowS, exp: nowS + 3600 };
  const claims = writeJson(
    { ...who, ...person, ...times, ...(nonce ? { nonce } : {}) },
    one.claims,
    nowS,
  );
  return { token: write({ header, claims }, one), nonce };
}

function writeNonce(
  kind: Case["nonce"],
  { scene, at, usedNonce }: { scene: Scene; at: number; usedNonce: string },
): string {
  const { clock, deps } = scene.foyer;
  const make = (offset: number, browser = BROWSER) =>
    createNonce(browser, { now: clock.now + offset, random: deps.random });
  if (kind === "none") return "";
  if (kind === "used") return usedNonce;
  if (kind === "others") return make(0, "O".repeat(43));
  if (kind === "expired") return make(-3_300_000);
  if (kind === "early") return make(300_001);
  if (kind === "state") return createReturnState("/spa", BROWSER);
  const good = make(0);
  const place = at % good.length;
  if (kind === "cut") return good.slice(0, place);
  if (kind === "good") return good;
  return good.slice(0, place) + (good[place] === "A" ? "B" : "A") + good.slice(place + 1);
}

function post(token: string, way: Case["way"], { scene, session }: Tools) {
  const fields = {
    login: { credential: token, select_by: "btn" },
    redirect: { credential: token, g_csrf_token: CSRF, state: "/spa/account", select_by: "btn" },
    link: { id_token: token, state: createReturnState("/spa/account", BROWSER) },
  }[way];
  const cookie = `sign_in=${BROWSER}; g_csrf_token=${CSRF}; session_id=${session}`;
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  const url = `http://localhost/auth/${way === "login" ? "login" : "callback"}`;
  const body = new URLSearchParams(Object.entries(fields));
  return send(scene, new Request(url, { method: "POST", headers, body }));
}
