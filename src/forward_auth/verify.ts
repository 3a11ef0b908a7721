import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import { noStore } from "../http/headers.ts";
import { isDocumentNavigation } from "../http/navigation.ts";
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
    const path = enterPath(addressOf());
    if (!isDocumentNavigation(request)) throw notSignedIn(request, config.origin + path);
    limits.count("page", request);
    return redirect(config.origin + path, 302);
  });
}

function notSignedIn({ headers }: Request, address: string): RefusedRequest {
  const isHtmx = headers.get("hx-request") === "true";
  return new RefusedRequest("not_signed_in", isHtmx ? { headers: { "HX-Redirect": address } } : {});
}

/** Who the application's visitor is. Only visible ASCII can be in a header: the name is percent-encoded UTF-8. */
function identityHeaders({ user, isAdmin }: SignedIn): Record<string, string> {
  const isPlain = /^[\x21-\x7e]+$/.test(user.email);
  return {
    "X-Auth-Request-User": user.id,
    ...(isPlain ? { "X-Auth-Request-Email": user.email } : {}),
    "X-Auth-Request-Name": encodeURIComponent(user.name.toWellFormed()),
    "X-Auth-Request-Admin": String(isAdmin),
  };
}
