/** The URL of nearly every request: a host of at least four plain characters, and a possible port. */
const ORDINARY_URL = /^https?:\/\/[\w.-]{4,}(?::\d{1,4}|:[1-5]\d{4})?\//;

/** Gives requests a URL that Elysia can read. */
export interface UrlNormalizer {
  /** `null` if the path is invalid. */
  normalize(request: Request): Request | null;
  /** The request that the server knows. */
  originalOf(request: Request): Request;
}

/** Creates what gives requests a URL below `origin`. */
export function createUrlNormalizer(origin: string): UrlNormalizer {
  const originals = new WeakMap<Request, Request>();
  return {
    normalize(request) {
      const normalized = normalizeUrl(request, origin);
      if (normalized && normalized !== request) originals.set(normalized, request);
      return normalized;
    },
    originalOf: (request) => originals.get(request) ?? request,
  };
}

/**
 * The request with a URL that Elysia can read, whatever its `Host` header says; `null` if its path is invalid.
 * Elysia looks for the path after character 11 of the URL, and a short host name ends before it.
 */
function normalizeUrl(request: Request, origin: string): Request | null {
  if (ORDINARY_URL.test(request.url)) return request;
  const url = URL.parse(request.url, origin);
  if (!url) return null;
  const normalized = new URL(origin);
  normalized.pathname = url.pathname;
  normalized.search = url.search;
  return new Request(normalized, request);
}
