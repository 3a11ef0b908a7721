import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import { type HeaderSet, noStore } from "../http/headers.ts";
import { wordsOf } from "../http/language.ts";
import { isDocumentNavigation } from "../http/navigation.ts";
import { PROBLEM_TYPE, problemDocument } from "../http/problem.ts";
import { describeForPeople } from "../http/refusal_props.ts";
import { enterPath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import type { SignedIn } from "../session/signed_in.ts";
import { readVisitor } from "./read_visitor.ts";
import { requireSite } from "./require_site.ts";
import { returnAddressOf } from "./return_address.ts";

/** Which protected application a request is for. The proxy's configuration sets it, and no client can. */
const ORIGIN_HEADER = "x-foyer-origin";

/** Answers proxies whether a request may go on to the application behind them, and for whom it is. */
export function verifyRoutes(app: AppContext) {
  const { config, limits } = app;
  const sites = new Map(config.sites.map((site) => [site.origin, site]));

  return new Elysia().get(PATHS.verify, async ({ request, set, redirect }) => {
    const site = sites.get(request.headers.get(ORIGIN_HEADER) ?? "");
    if (!site) throw new RefusedRequest("unknown_site");
    const signedIn = await readVisitor(app, request);
    const addressOf = () => returnAddressOf(request, site);
    noStore(set);
    if (signedIn) {
      await requireSite(app, { signedIn, site, request, addressOf });
      Object.assign(set.headers, identityHeaders(signedIn));
      return "";
    }
    limits.count("check", request);
    const path = config.origin + enterPath(addressOf());
    if (isDocumentNavigation(request)) return redirect(path, 302);
    set.status = 401;
    if (request.headers.get("hx-request") === "true") set.headers["hx-redirect"] = path;
    return sayNotSignedIn(app, { request, set });
  });
}

/** An ordinary answer, with no line in the log: what waits for a sign-in asks on and on. */
function sayNotSignedIn(
  { config, requestId }: AppContext,
  { request, set }: { request: Request; set: HeaderSet },
): string {
  const refusal = new RefusedRequest("not_signed_in");
  const props = describeForPeople(refusal, {
    kind: refusal.kind,
    words: wordsOf(request),
    requestId: requestId(request),
    support: config.brand.support,
    path: PATHS.verify,
    name: null,
  });
  set.headers["content-type"] = PROBLEM_TYPE;
  return JSON.stringify(problemDocument(refusal, { ...props, isAct: false }));
}

/** Proxies take about 4 KB of headers from Foyer (nginx), and answer 500 to more. Google's names are shorter. */
const MAX_NAME_LENGTH = 200;
const PLAIN_EMAIL = /^[\x21-\x7e]{1,320}$/;

/** Who the application's visitor is. Only visible ASCII can be in a header: the name is percent-encoded UTF-8. */
function identityHeaders({ user, isAdmin }: SignedIn): Record<string, string> {
  const name = user.name.slice(0, MAX_NAME_LENGTH).toWellFormed();
  return {
    "X-Auth-Request-User": user.id,
    ...(PLAIN_EMAIL.test(user.email) ? { "X-Auth-Request-Email": user.email } : {}),
    "X-Auth-Request-Name": encodeURIComponent(name),
    "X-Auth-Request-Admin": String(isAdmin),
  };
}
