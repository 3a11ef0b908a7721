import fc from "fast-check";

import { CLIENT_ID, GRACE } from "../../fixture.ts";
import { type Answer, judgeAnswer, send } from "../exchange.ts";
import { type Changes, fewChanges, writeJson } from "../json_text.ts";
import { judgeEventToken } from "../rules/security_event.ts";
import type { Scene } from "../scene.ts";
import type { Target } from "../target.ts";
import {
  createTokenWriter,
  SHAPES,
  SIGNERS,
  type TokenWriter,
  type Writing,
} from "../written_token.ts";

const TYPE = "application/secevent+jwt";
const TYPES = [
  ...Array<string>(12).fill(TYPE),
  ...[`${TYPE}; charset=utf-8`, "Application/SecEvent+JWT", "application/jwt", "text/plain", ""],
];
const RISC = "https://schemas.openid.net/secevent/risc/event-type";
const KINDS = ["sessions-revoked", "account-disabled", "account-credential-change-required", "x"];
const SUBJECT = { subject_type: "iss-sub", iss: "https://accounts.google.com/", sub: GRACE.sub };
const someone = JSON.stringify({ subject: { ...SUBJECT, sub: "9" } });

const CLAIM_NAMES = ["iss", "aud", "jti", "iat", "events", "sub", "exp", "nonce", "__proto__"];
const CLAIM_VALUES = [
  ...['"https://accounts.google.com"', '"https://accounts.google.com/"', '"accounts.google.com"'],
  ...[
    `"${CLIENT_ID}"`,
    `["${CLIENT_ID}"]`,
    `["a","${CLIENT_ID}"]`,
    '["a"]',
    '""',
    '"a b"',
    '"used"',
  ],
  ...[
    "@0",
    "@60",
    "@61",
    "@-100000",
    "-1",
    "1e999",
    "null",
    "true",
    "[]",
    "{}",
    '{"x":1}',
    '{"x":{}}',
  ],
  ...[`{"${RISC}/sessions-revoked":${someone}}`, `{"${RISC}/verification":{"state":"<fz>"}}`],
  ...[`{"${RISC}/account-disabled":[]}`, `{"constructor":{}}`, `{"__proto__":{}}`, '{"urn:x":{}}'],
];
const SUBJECT_NAMES = ["subject_type", "iss", "sub", "email", "subject", "__proto__"];
const SUBJECT_VALUES = [
  ...['"iss-sub"', '"id_token_claims"', '"oauth_token"', '"account"', '"https://evil.example"'],
  ...[`"${GRACE.sub}"`, '""', '"1 2"', "1", "null", "[]", "{}", "true", '"grace.hopper@gmail.com"'],
];
const HEADER_NAMES = ["alg", "kid", "crit", "typ", "jku"];
const HEADER_VALUES = ['"RS256"', '"none"', '"HS256"', '"JWT"', "null", "[]", '["b64"]', '""'];

interface Case extends Writing {
  type: string;
  kind: string;
  header: Changes;
  claims: Changes;
  subject: Changes;
  isUsed: boolean;
}

interface Tools {
  scene: Scene;
  write: TokenWriter;
  /** The ids of tokens that were taken: such a token counts once. */
  taken: Set<string>;
  count: number;
  /** When she signed in last, in milliseconds since 1970. */
  begunAt: number;
}

/** Security event tokens about a person who is signed in: she is signed out exactly when Google says so. */
export async function securityEventTarget(scene: Scene): Promise<Target<Case>> {
  const write = await createTokenWriter(scene.foyer.google);
  const tools: Tools = { scene, write, taken: new Set(), count: 0, begunAt: scene.foyer.clock.now };
  return {
    name: "security_event",
    round: 400,
    arbitrary: fc.record({
      type: fc.constantFrom(...TYPES),
      kind: fc.constantFrom(...KINDS),
      header: fewChanges(HEADER_NAMES, HEADER_VALUES),
      claims: fewChanges(CLAIM_NAMES, CLAIM_VALUES),
      subject: fewChanges(SUBJECT_NAMES, SUBJECT_VALUES),
      isUsed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      signer: fc.constantFrom(...SIGNERS),
      shape: fc.constantFrom(...SHAPES),
      at: fc.nat(400),
    }),
    check: (one) => check(one, tools),
  };
}

async function check(one: Case, tools: Tools): Promise<string | null> {
  const { scene, taken } = tools;
  const { foyer } = scene;
  // A find before this one may have left her signed out.
  if ((await scene.browsers.member.status()) !== 200) await signInAgain(tools);
  const token = writeEvent(one, tools);
  const answer = await post(token, one.type, scene);
  const parts = token.split(".").slice(1);
  const wrong = judgeAnswer(scene, answer, [token, ...parts]) ?? judgeBody(answer);
  if (wrong) return wrong;
  const isTaken = answer.response.status === 202;
  const rule = judgeEventToken(token, {
    keys: foyer.google.keys.keySet(),
    now: foyer.clock.now / 1000,
  });
  if (isTaken && rule.verdict === "no") return `takes a token although ${rule.why}`;
  const isTyped = one.type.toLowerCase().startsWith(TYPE);
  if (!isTaken && isTyped && rule.verdict === "yes") return `refuses a good token: ${answer.text}`;
  const isRepeated = taken.has(rule.jti);
  if (isTaken && rule.jti !== "") remember(rule.jti, taken);
  const mayEnd = isTaken && !isRepeated && rule.ends.includes(GRACE.sub);
  // What Google knew before she signed in is not about this session.
  const mustEnd = mayEnd && rule.iat * 1000 >= tools.begunAt;
  const isAlive = (await scene.browsers.member.status()) === 200;
  scene.takeLog();
  if (isAlive && mustEnd) return "the session goes on after the event";
  if (!isAlive && !mayEnd) return `the session ends without an event (${answer.response.status})`;
  return isAlive ? null : await signInAgain(tools);
}

/** Keeps the last ids that the harness made, and all others, so that a long run does not grow by itself. */
function remember(jti: string, taken: Set<string>): void {
  taken.add(jti);
  const [oldest = ""] =
    taken.size > 200 ? [...taken].filter((one) => one.startsWith("event-")) : [];
  taken.delete(oldest);
}

/** A refusal is RFC 8935's: 400, and a code in JSON. */
function judgeBody({ response, text }: Answer): string | null {
  if (response.status === 202) return text === "" ? null : "says something";
  const { err } = JSON.parse(text) as { err?: string };
  return response.status === 400 && err ? null : `answers ${response.status}, ${text}`;
}

function writeEvent(one: Case, tools: Tools): string {
  const { scene, write, taken } = tools;
  const { clock, google } = scene.foyer;
  const nowS = clock.now / 1000;
  const kid = google.keys.newest().kid;
  const header = writeJson({ alg: "RS256", kid, typ: "secevent+jwt" }, one.header, nowS);
  const subject = writeJson(SUBJECT, one.subject, nowS).toString();
  const [last = "first"] = [...taken].slice(-1);
  tools.count += 1;
  const jti = one.isUsed ? last : `event-${tools.count}`;
  const claims = writeJson(
    { iss: "https://accounts.google.com/", aud: CLIENT_ID, iat: nowS, jti, events: "EVENTS" },
    one.claims,
    nowS,
  );
  const events = `{"${RISC}/${one.kind}":{"subject":${subject}}}`;
  const whole = Buffer.from(
    claims.toString("latin1").replace('"EVENTS"', () => Buffer.from(events).toString("latin1")),
    "latin1",
  );
  return write({ header, claims: whole }, one);
}

function post(token: string, type: string, scene: Scene): Promise<Answer> {
  const headers = type ? { "content-type": type } : undefined;
  const init = { method: "POST", body: Buffer.from(token), ...(headers ? { headers } : {}) };
  return send(scene, new Request("http://localhost/auth/risc", init));
}

/** Google enables the account again, and she signs in later than the event. */
async function signInAgain(tools: Tools): Promise<string | null> {
  const { scene, write } = tools;
  const { clock, google } = scene.foyer;
  // An event may come from a clock that goes a minute ahead.
  clock.pass(62_000);
  const nowS = clock.now / 1000;
  const none: Changes = { members: [], text: "as it is" };
  const kid = google.keys.newest().kid;
  const header = writeJson({ alg: "RS256", kid }, none, nowS);
  const events = { [`${RISC}/account-enabled`]: { subject: SUBJECT } };
  const jti = `enabled-${nowS}`;
  const claims = writeJson(
    { iss: "https://accounts.google.com/", aud: CLIENT_ID, iat: nowS, jti, events },
    none,
    nowS,
  );
  const answer = await post(
    write({ header, claims }, { signer: "google", shape: "plain", at: 0 }),
    TYPE,
    scene,
  );
  if (answer.response.status !== 202)
    return `does not take that the account is enabled: ${answer.text}`;
  clock.pass(2000);
  tools.begunAt = clock.now;
  const { status } = await scene.browsers.member.signIn(GRACE);
  scene.sessions.member = await scene.browsers.member.shownSession();
  scene.takeLog();
  return status === 200 ? null : `does not sign her in again: ${status}`;
}
