const LONGEST = 254;
const LOCAL_PART = /^[\x21-\x3f\x41-\x7e]{1,64}$/;
const DOMAIN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * Whether `text` is an address as Google may write one: exactly one `@`, no space, nothing that could leave an
 * attribute or a header. It may hold letters beyond ASCII.
 */
export function isEmailAddress(text: unknown): text is string {
  return typeof text === "string" && /^[^@\s<>"]+@[^@\s<>"]+$/.test(text);
}

/** An address that a person typed, in ASCII lower case, or `null` if it is not a plain ASCII address. */
export function readEmailAddress(text: string): string | null {
  const [local = "", domain = "", ...more] = asciiLowerCase(text).split("@");
  const isPlain = more.length === 0 && LOCAL_PART.test(local) && DOMAIN.test(domain);
  return isPlain && isEmailAddress(text) && text.length <= LONGEST ? `${local}@${domain}` : null;
}

/** A domain name in ASCII lower case, or `null` if it is none. */
export function readDomain(text: string): string | null {
  const name = asciiLowerCase(text);
  return DOMAIN.test(name) ? name : null;
}

/** Lower case in ASCII alone: no other letter is folded, so that a look-alike stays a stranger. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
