/** The URL of nearly every request: a host of at least four plain characters, and a possible port. */
const ORDINARY_URL = /^https?:\/\/[\w.-]{4,}(?::\d{1,4}|:[1-5]\d{4})?\//;

/**
 * The request with a URL that Elysia can read, whatever its `Host` header says; `null` if its path is invalid.
 * Elysia looks for the path after character 11 of the URL, and a short host name ends before it.
 */
export function normalizeUrl(request: Request, origin: string): Request | null {
  if (ORDINARY_URL.test(request.url)) return request;
  const url = URL.parse(request.url, origin);
  if (!url) return null;
  const normalized = new URL(origin);
  normalized.pathname = url.pathname;
  normalized.search = url.search;
  return new Request(normalized, request);
}
