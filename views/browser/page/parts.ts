import type { HtmxRequestCtx } from "htmx.org";

/** The ids of the two parts that a page loads by itself. */
export const NAVBAR = "auth_navbar";
export const CONTENT = "content_section";

/** A request as htmx runs it; its types leave out how far it is. */
export type RequestContext = HtmxRequestCtx & { status?: string };

/** Causes of a request that are no act of a person. They do not keep a session alive. */
const QUIET = ["LoginStatusChange", "stale"];

/** Whether an event of ours caused the request, not a person and not the page's beginning. */
export function isQuiet({ sourceEvent }: RequestContext): boolean {
  return QUIET.includes(sourceEvent?.type ?? "");
}

/** The id of the part that a request loads by itself, or "": people load the content by links and acts, too. */
export function loadingPart(ctx: RequestContext): string {
  const isByItself = isQuiet(ctx) || ["load", "popstate"].includes(ctx.sourceEvent?.type ?? "");
  return isByItself ? targetPart(ctx) : "";
}

/** The id of the part that a request, whatever caused it, has answered, or "". */
export function answeredPart(ctx: RequestContext): string {
  const isAnswered = ctx.status === "swapped" && !ctx.swap.startsWith("none");
  return isAnswered ? targetPart(ctx) : "";
}

function targetPart({ target }: RequestContext): string {
  return [NAVBAR, CONTENT].find((id) => id === target?.id) ?? "";
}

/** Whether a part is on its way. */
export function isLoading(id: string): boolean {
  return document.getElementById(id)?.classList.contains("htmx-request") ?? false;
}
