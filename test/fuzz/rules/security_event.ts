import { CLIENT_ID } from "../../fixture.ts";
import { type KeySet, readSigned } from "./signature.ts";

/** Whether an event token may be taken, whom it signs out, and its id. */
export interface EventVerdict {
  verdict: "yes" | "no" | "either";
  why: string;
  /** The `sub` of everybody whose sessions must end. */
  ends: string[];
  jti: string;
  /** In seconds since 1970. */
  iat: number;
}

const GOOGLE = ["https://accounts.google.com", "https://accounts.google.com/"];
const RISC = "https://schemas.openid.net/secevent/risc/event-type";
const OAUTH = "https://schemas.openid.net/secevent/oauth/event-type";
const ENDING = [`${RISC}/sessions-revoked`, `${OAUTH}/tokens-revoked`, `${RISC}/account-disabled`];
const OTHER = [`${RISC}/account-enabled`, `${RISC}/account-credential-change-required`];

type Claims = Record<string, unknown>;
const isObject = (value: unknown): value is Claims =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isAscii = (value: unknown): value is string =>
  typeof value === "string" && /^[\x21-\x7e]{1,255}$/.test(value);

/** Google's rules for security events: https://developers.google.com/identity/protocols/risc. `now` is in seconds. */
export function judgeEventToken(
  token: string,
  { keys, now }: { keys: KeySet; now: number },
): EventVerdict {
  const signed = readSigned(token, keys);
  if (signed.why !== null) return no(signed.why);
  const { claims, isOdd } = signed;
  const open: EventVerdict = { verdict: "either", why: "", ends: [], jti: "", iat: 0 };
  if (!claims) return isOdd ? open : no("it has no claims");
  const { iss, aud, jti, iat, events } = claims;
  if (!GOOGLE.includes(iss as string)) return no("its iss");
  if (![aud].flat().includes(CLIENT_ID)) return no("its aud");
  if (!isAscii(jti)) return no("its jti");
  if (!Number.isFinite(iat) || (iat as number) > now + 60) return no("its iat");
  if (!isObject(events) || Object.keys(events).length === 0) return no("it has no events");
  const ends: string[] = [];
  let isOpen = isOdd || (iat as number) < 0;
  for (const [uri, payload] of Object.entries(events)) {
    if (!isObject(payload)) return no("an event is no object");
    if (!ENDING.includes(uri) && !OTHER.includes(uri)) {
      isOpen = true;
      continue;
    }
    const { subject } = payload;
    if (!isObject(subject)) return no("an event has no subject");
    if (!["iss-sub", "id_token_claims"].includes(subject.subject_type as string))
      return no("a type");
    if (!GOOGLE.includes(subject.iss as string)) return no("a subject of another issuer");
    if (!isAscii(subject.sub)) return no("a subject without sub");
    if (!["undefined", "string"].includes(typeof subject.email)) return no("a subject's email");
    if (!["undefined", "string"].includes(typeof payload.reason)) isOpen = true;
    if (ENDING.includes(uri)) ends.push(subject.sub);
  }
  return { verdict: isOpen ? "either" : "yes", why: "", ends, jti, iat: iat as number };
}

function no(why: string): EventVerdict {
  return { verdict: "no", why, ends: [], jti: "", iat: 0 };
}
