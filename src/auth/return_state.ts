import {
  ADMIN,
  ADMIN_PEOPLE,
  AUDIT_LOG,
  ENTER,
  enterPagePath,
  pagePath,
  PATHS,
  plainPath,
} from "../paths.ts";
import { decodeToken, encodeToken, isSameBytes, signBytes } from "./token.ts";

/** Makes sure that the signature of a state is never valid for a nonce. */
const PURPOSE = "return ";

/** Creates the `state` that carries `path` to Google and back: `path.HMAC-SHA256(sign-in cookie, path)`. */
export function createReturnState(path: string, signInToken: string): string {
  const bytes = new TextEncoder().encode(path);
  return `${encodeToken(bytes)}.${encodeToken(signPath(path, signInToken))}`;
}

/** The path in a `state` that was made for this sign-in cookie, or `null`. */
export function readReturnState(state: string, signInToken: string | null): string | null {
  const [bytes, mac, ...more] = state.split(".").map(decodeToken);
  if (!signInToken || !bytes || !mac || more.length > 0) return null;
  // A byte order mark at the start is a letter like others.
  const path = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const expected = signPath(path, signInToken);
  return isSameBytes(mac, expected) ? path : null;
}

function signPath(path: string, signInToken: string): Uint8Array {
  return signBytes(new TextEncoder().encode(PURPOSE + path), signInToken);
}

/** A base that does not exist: only a URL that stays on it is local. */
const BASE = "http://nowhere.invalid";
const PAGE = new RegExp(`^(?:${PATHS.page}|(?:${PATHS.page}|${PATHS.plain})/[\\w.~%-]+)$`);

/** The pages that are nothing without their query, and the longest query that travels through Google. */
const PAGES_WITH_QUERY: readonly string[] = [pagePath(ENTER), plainPath(ENTER)];
const MAX_QUERY_LENGTH = 4000;

/** What the pages of administrators keep of their query on the way, and how it looks: no text that somebody typed. */
const ADMIN_PAGES: readonly string[] = [ADMIN, ADMIN_PEOPLE, AUDIT_LOG].map(pagePath);
const KEPT: Record<string, RegExp> = {
  person: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  kind: /^[a-z_]{1,40}$/,
  since: /^[\d-]{10}$/,
  until: /^[\d-]{10}$/,
  zone: /^[\w/+-]{1,40}$/,
};

/**
 * The path of our own page in `text`, or `/spa` if it is anything else. Without a fragment, and without a query except
 * for the way in to a protected application, which judges it, and what names a person or a part of the audit log for
 * administrators; the page of a sign-out leads to the way in, too. Checks the path after normalizing, because
 * normalizing can turn a path into another address.
 */
export function localPage(text: string | null): string {
  const url = text?.startsWith("/") ? URL.parse(text, BASE) : null;
  if (!url || url.origin !== BASE || url.username || url.password) return PATHS.page;
  const address = url.pathname === PATHS.signOut ? url.searchParams.get("return") : null;
  const way = address && enterPagePath(address);
  if (way && way.length <= MAX_QUERY_LENGTH) return way;
  if (!PAGE.test(url.pathname)) return PATHS.page;
  const isWhole = PAGES_WITH_QUERY.includes(url.pathname) && url.search.length <= MAX_QUERY_LENGTH;
  return isWhole ? url.pathname + url.search : url.pathname + keptQuery(url);
}

function keptQuery(url: URL): string {
  if (!ADMIN_PAGES.includes(url.pathname) || url.search.length > MAX_QUERY_LENGTH) return "";
  const kept = Object.entries(KEPT).flatMap(([name, look]): [string, string][] => {
    const value = url.searchParams.get(name) ?? "";
    return look.test(value) ? [[name, value]] : [];
  });
  return kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
}
