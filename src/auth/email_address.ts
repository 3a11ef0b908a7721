/** @see https://www.rfc-editor.org/errata/eid1690 */
const MAX_LENGTH = 254;
const LOCAL_PART = /^[\x21-\x3f\x41-\x7e]{1,64}$/;
const DOMAIN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * Whether `text` can be an address from Google: at most 254 characters, exactly one `@`, no space, no U+0000 or half a
 * character, and none that could end an attribute or a header. Letters beyond ASCII are allowed.
 */
export function isEmailAddress(text: unknown): text is string {
  if (typeof text !== "string" || text.length > MAX_LENGTH) return false;
  return /^[^@\s<>"\0\p{Cs}]+@[^@\s<>"\0\p{Cs}]+$/u.test(text);
}

/** Reads a typed address into ASCII lower case; `null` if it is not a plain ASCII address. */
export function readEmailAddress(text: string): string | null {
  const [local = "", domain = "", ...more] = asciiLowerCase(text).split("@");
  const isPlain = more.length === 0 && LOCAL_PART.test(local) && DOMAIN.test(domain);
  return isPlain && isEmailAddress(text) ? `${local}@${domain}` : null;
}

/** Reads a domain name into ASCII lower case; `null` if it is not one. */
export function readDomain(text: string): string | null {
  const name = asciiLowerCase(text);
  return DOMAIN.test(name) ? name : null;
}

/** Lower-cases ASCII letters only. No other letter is folded, so a look-alike address never matches. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
