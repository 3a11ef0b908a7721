import type { Site } from "../config/sites.ts";
import { enterPagePath, googlePath } from "../paths.ts";

/** An address that is longer, or whose path to Google is, counts as none: then people come back to the start. */
const MAX_LENGTH = 2000;
/** No longer query is read. On the way to Google, an address is encoded twice: a "/" becomes "%252F". */
const MAX_GOOGLE_PATH_LENGTH = 4000;

/** An address of a protected application. */
export interface ReturnAddress {
  site: Site;
  href: string;
}

/** The address in `text` if it is one of a protected application, else `null`. */
export function readReturnAddress(
  text: string | null,
  sites: readonly Site[],
): ReturnAddress | null {
  const url = text === null || text.length > MAX_LENGTH ? null : URL.parse(text);
  if (!url || url.username || url.password || isTooLong(url)) return null;
  // The origin of a "blob:" address is that of the page inside.
  const site = sites.find(({ origin }) => url.href.startsWith(`${origin}/`));
  return site ? { site, href: url.href } : null;
}

function isTooLong({ href }: URL): boolean {
  if (href.length > MAX_LENGTH) return true;
  return googlePath(enterPagePath(href), { account: "another" }).length > MAX_GOOGLE_PATH_LENGTH;
}

/**
 * The page of `site` to which a person comes back who asks for something there. It is what the proxy says, or the person:
 * so an address of another origin counts as none.
 */
export function returnAddressOf(request: Request, site: Site): string {
  return readReturnAddress(askedAddress(request, site), [site])?.href ?? `${site.origin}/`;
}

function askedAddress({ headers }: Request, site: Site): string | null {
  if (headers.get("hx-request") === "true") return headers.get("hx-current-url");
  const method = headers.get("x-forwarded-method") ?? "GET";
  // What was posted is lost. The page with its form is not.
  if (method !== "GET" && method !== "HEAD") return headers.get("referer");
  const path = headers.get("x-forwarded-uri") ?? "";
  return path.startsWith("/") ? site.origin + path : null;
}
