import { PATHS } from "./paths.ts";

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
