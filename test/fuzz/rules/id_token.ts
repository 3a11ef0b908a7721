import { CLIENT_ID } from "../../fixture.ts";
import { type KeySet, readSigned } from "./signature.ts";

/** Whether a token may be taken; `either` where the contract leaves it open. */
export interface Verdict {
  verdict: "yes" | "no" | "either";
  why: string;
  nonce?: unknown;
}

const no = (why: string): Verdict => ({ verdict: "no", why });
const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNone = (value: unknown) => value === undefined || isText(value);
const isTime = (value: unknown): value is number => Number.isFinite(value);

/**
 * The contract's rules for ID tokens: `iss` one of Google's two spellings; `aud` a string equal to the client id; `azp`
 * absent or equal; `exp`, `iat`, `sub`, `nonce` required; 60 s tolerance; `iat` at most one hour old, `exp - iat` at most
 * 24 h; `sub` 1 to 255 ASCII characters; `email` a string with exactly one `@`, `email_verified` literally true; no
 * `events` claim. `now` is in seconds since 1970.
 */
export function judgeIdToken(token: string, { keys, now }: { keys: KeySet; now: number }): Verdict {
  const signed = readSigned(token, keys);
  if (signed.why !== null) return no(signed.why);
  const { claims, isOdd } = signed;
  if (!claims)
    return isOdd ? { verdict: "either", why: "its text is odd" } : no("it has no claims");
  const { iss, aud, azp, exp, iat, nbf, sub, email, nonce } = claims;
  if (iss !== "https://accounts.google.com" && iss !== "accounts.google.com") return no("its iss");
  if (aud !== CLIENT_ID) return no("its aud");
  if (azp !== undefined && azp !== CLIENT_ID) return no("its azp");
  if (!isTime(exp) || !isTime(iat)) return no("its times are no numbers");
  if (exp <= now - 60) return no("it is over");
  if (iat > now + 60) return no("it is from the future");
  if (iat < now - 3660) return no("it is over an hour old");
  if (exp <= iat || exp - iat > 86_400) return no("it is good for too long, or for no time");
  if (nbf !== undefined && !(typeof nbf === "number" && nbf <= now + 60)) return no("its nbf");
  if (!isText(sub) || sub.length < 1 || sub.length > 255 || /[^\0-\x7f]/.test(sub))
    return no("its sub");
  if (!isText(email) || email.split("@").length !== 2 || isHostile(email)) return no("its email");
  if (claims.email_verified !== true) return no("its address is not verified");
  if (Object.hasOwn(claims, "events")) return no("it is a security event");
  if (!isText(nonce) || nonce === "") return no("it has no nonce");
  if (!isTextOrNone(claims.name) || !isTextOrNone(claims.picture)) return no("its name or picture");
  if (claims.hd !== undefined && (!isText(claims.hd) || claims.hd === "" || isHostile(claims.hd)))
    return no("its hd");
  const isStrange = isOdd || /[^\x21-\x7e]/.test(sub) || !/^[^@\s<>"]+@[^@\s<>"]+$/.test(email);
  return { verdict: isStrange ? "either" : "yes", why: "", nonce };
}

/** What PostgreSQL does not store. */
function isHostile(text: string): boolean {
  return text.includes("\0") || !text.isWellFormed();
}
