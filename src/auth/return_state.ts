import { PATHS } from "../paths.ts";
import { decodeToken, encodeToken, isSameBytes, signBytes } from "./token.ts";

/** Keeps a state's signature from ever being a nonce's. */
const PURPOSE = "return ";

/** A `state` that takes `path` to Google and back: `path.HMAC-SHA256(sign-in cookie, path)`. */
export function createReturnState(path: string, signInToken: string): string {
  const bytes = new TextEncoder().encode(path);
  return `${encodeToken(bytes)}.${encodeToken(signPath(path, signInToken))}`;
}

/** The path in a `state` that was made for the browser with this sign-in cookie, or `null`. */
export function readReturnState(state: string, signInToken: string | null): string | null {
  const [bytes, mac, ...more] = state.split(".").map(decodeToken);
  if (!signInToken || !bytes || !mac || more.length > 0) return null;
  const path = new TextDecoder().decode(bytes);
  const expected = signPath(path, signInToken);
  return isSameBytes(mac, expected) ? path : null;
}

function signPath(path: string, signInToken: string): Uint8Array {
  return signBytes(new TextEncoder().encode(PURPOSE + path), signInToken);
}

/** A place that no request reaches: only what stays on it is local. */
const NOWHERE = "http://nowhere.invalid";
const PAGE = new RegExp(`^${PATHS.page}(?:/[\\w.~%-]+)?$`);

/**
 * The page of ours that `text` names, without query or fragment, or `/spa`: whatever comes in, what goes
 * out is one of our own pages. The output is checked, as normalising can make a new address of a path.
 */
export function localPage(text: string | null): string {
  const url = text?.startsWith("/") ? URL.parse(text, NOWHERE) : null;
  if (!url || url.origin !== NOWHERE || url.username || url.password) return PATHS.page;
  return PAGE.test(url.pathname) ? url.pathname : PATHS.page;
}
