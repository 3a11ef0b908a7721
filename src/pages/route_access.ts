import { isRecent } from "../auth/session_policy.ts";
import type { Config } from "../config.ts";
import { RefusedRequest } from "../errors.ts";
import { shownPath } from "../http/hx_request.ts";
import { leadBackTo } from "../http/lead_back.ts";
import { pagePath } from "../paths.ts";
import { requireMember } from "../session/current_user.ts";
import { requireNamedSession } from "../session/page_session.ts";
import type { SignedIn } from "../session/signed_in.ts";
import { requireAudience } from "./audience.ts";
import type { Page, RouteDemands } from "./page.ts";

/** A request for a page's own route. */
export interface RouteRequest {
  page: Page;
  demands: RouteDemands;
  config: Pick<Config, "adminAmr">;
  request: Request;
  /** When it came. What is recent then stays so while a form arrives, and while a long download goes out. */
  now: number;
}

/**
 * Checks the right to a page's own route: the audience, the session that the page was drawn for, and the sign-in.
 * Returns the person; `null` for anonymous people on public pages. A refusal leads back to the page that is open.
 */
export function requireAccess(signedIn: SignedIn | null, asked: RouteRequest): SignedIn | null {
  return leadBackTo(openPath(asked), () => {
    const { audience } = asked.page;
    const person = audience === "everybody" ? signedIn : requireAudience(audience, signedIn);
    if (person && isChange(asked.request)) requireNamedSession(asked.request, person);
    if (audience === "admins" && person && isAct(asked)) requireStrongSignIn(person, asked.config);
    if (asked.demands.needsRecentSignIn) requireRecentSignIn(person, asked.now);
    return person;
  });
}

/** Administrators look with any sign-in: they see that something is wrong also while their key is elsewhere. */
function isAct({ request, demands }: RouteRequest): boolean {
  return isChange(request) || demands.needsRecentSignIn === true;
}

function requireStrongSignIn({ amr }: SignedIn, { adminAmr }: RouteRequest["config"]): void {
  const wanted: ReadonlySet<string> | null = adminAmr;
  if (wanted === null || amr?.some((name) => wanted.has(name))) return;
  const facts = { proofs: [...wanted] };
  // Nothing follows from what Google does not say, but it opens nothing either.
  const unknown = amr === null ? ({ variant: "sign_in_strength_unknown" } as const) : {};
  throw new RefusedRequest("stronger_sign_in_needed", { facts, ...unknown });
}

function requireRecentSignIn(signedIn: SignedIn | null, now: number): void {
  if (!isRecent(requireMember(signedIn), now)) throw new RefusedRequest("recent_sign_in_needed");
}

function isChange({ method }: Request): boolean {
  return !["GET", "HEAD"].includes(method);
}

/** The page that the browser shows: for a link of it, the one that it comes from. */
function openPath({ request, page }: RouteRequest): string {
  const referrer = URL.parse(request.headers.get("referer") ?? "");
  return (
    shownPath(request) ?? (referrer ? referrer.pathname + referrer.search : pagePath(page.name))
  );
}
