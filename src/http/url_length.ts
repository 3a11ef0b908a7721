import { RefusedRequest } from "../errors.ts";
import { pathOf } from "../paths.ts";

/** The longest path that we compare with routes, in characters. A name in it has at most a few hundred. */
const MAX_PATH_LENGTH = 1024;

/** The longest query that we take apart, in characters, with its question mark. */
const MAX_QUERY_LENGTH = 4096;

/** Whether a URL is shorter than a path may be, as nearly every one is. */
export function isShortUrl({ url }: Request): boolean {
  return url.length <= MAX_PATH_LENGTH;
}

/** Throws `not_found` for a path over 1 KiB, and `bad_parameter` for a query over 4 KiB: both cost their length. */
export function requireShortUrl(request: Request): void {
  if (isShortUrl(request)) return;
  const path = pathOf(request);
  if (path.length > MAX_PATH_LENGTH) throw new RefusedRequest("not_found");
  const queryStart = request.url.indexOf("?");
  if (queryStart >= 0 && request.url.length - queryStart > MAX_QUERY_LENGTH) {
    throw new RefusedRequest("bad_parameter");
  }
}

/** The path of a request, cut where no route is as long. */
export function routePathOf(request: Request): string {
  return pathOf(request).slice(0, MAX_PATH_LENGTH);
}
