import type { RefusalProps } from "../../views/refusal_parts.tsx";
import { REFUSAL_LOOKS } from "../../views/refusal_steps.ts";
import type { RefusedRequest } from "../errors.ts";
import { googlePath, pagePath, PATHS } from "../paths.ts";

/** Where a request was refused; `name` is the page whose fragment was asked for, or `null`. */
export interface RefusedPlace extends Pick<
  RefusalProps,
  "kind" | "words" | "requestId" | "support"
> {
  path: string;
  name: string | null;
}

/** A refusal as views draw it. */
export function describeForPeople(
  { status, facts, detail, returnPath }: RefusedRequest,
  { kind, path, name, ...place }: RefusedPlace,
): RefusalProps {
  const isCallback = path === PATHS.callback;
  const returnsTo = returnPath ?? (name === null ? ownPage(path) : pagePath(name));
  // Google's answer is not there a second time, so whatever went wrong, the sign-in starts again.
  const isNoSignIn = isCallback && status < 500 && !REFUSAL_LOOKS[kind].icon;
  return {
    ...place,
    kind: isNoSignIn ? "sign_in_not_begun" : kind,
    status,
    facts,
    detail,
    path: returnsTo,
    retryPath: isCallback ? googlePath(returnsTo) : kind === "cookie_not_kept" ? returnsTo : "",
  };
}

/** The page at `path`, or the front page. The prefix keeps links on this site. */
function ownPage(path: string): string {
  const isPage = [PATHS.page, PATHS.plain].some((start) => path.startsWith(`${start}/`));
  return isPage ? path : PATHS.page;
}
