import { type AnyElysia, Elysia } from "elysia";

import { refreshRoutes } from "./binding/refresh.ts";
import { registerRoutes } from "./binding/register.ts";
import { enterRoutes } from "./forward_auth/enter.ts";
import { ENTER_PAGE } from "./forward_auth/enter_page.tsx";
import { signOutRoutes } from "./forward_auth/sign_out.tsx";
import { verifyRoutes } from "./forward_auth/verify.ts";
import { crossOrigin } from "./http/cross_origin.ts";
import { errorPages } from "./http/error_pages.tsx";
import { requireSmallBody } from "./http/form.ts";
import { createLimits } from "./http/limits.ts";
import { createRequestIds, sayRequestId } from "./http/request_id.ts";
import { createRequestLog } from "./http/request_log.ts";
import { answerHeaders } from "./http/security_headers.ts";
import { createShortcuts, type Handle, handleBoth, type TakeShortcut } from "./http/shortcuts.ts";
import { createStandalone } from "./http/standalone.ts";
import { requireShortUrl } from "./http/url_length.ts";
import { collectPages } from "./pages/all_pages.ts";
import type { Page } from "./pages/page.ts";
import { ownPageRoutes } from "./pages/page_routes.ts";
import { assetRoutes } from "./routes/assets.ts";
import { fragmentRoutes } from "./routes/fragments.ts";
import { googleCallbackRoutes } from "./routes/google_callback.tsx";
import { googleRedirectRoutes } from "./routes/google_redirect.ts";
import { healthRoutes } from "./routes/health.ts";
import { loginRoutes } from "./routes/login.ts";
import { loginStatusRoutes } from "./routes/login_status.ts";
import { navbarRoutes } from "./routes/navbar.tsx";
import { pageRoutes } from "./routes/page.tsx";
import { plainRoutes } from "./routes/plain.tsx";
import { probeRoutes } from "./routes/probe.ts";
import { riscRoutes } from "./routes/risc.ts";
import type { AppContext } from "./session/app_context.ts";
import { createSessionEnds } from "./session/session_ends.ts";

/** Everything that an application gets from outside, and its own pages. */
export interface AppOptions extends Omit<
  AppContext,
  "limits" | "logOf" | "requestId" | "unproved"
> {
  pages: readonly Page[];
}

/** The application: it answers requests, and knows its routes. */
export interface App {
  handle: Handle;
  /** The two ways on which it does so. */
  shortcuts: ReadonlyMap<string, TakeShortcut>;
  handleByRoute: Handle;
  routes: AnyElysia["routes"];
}

/** Creates the application: shortcuts, the hooks that every other request passes, then the routes. */
export function createApp({ pages: own, ...outside }: AppOptions): App {
  const requestId = createRequestIds(outside.random);
  const logOf = createRequestLog({ ...outside, requestId });
  const context: AppContext = {
    ...outside,
    limits: createLimits(outside),
    logOf,
    requestId,
    unproved: new WeakSet(),
  };
  const { config, assets } = context;
  const pages = collectPages(own, [ENTER_PAGE]);
  const hasGoogleScript = config.googleSignIn !== "fedcm";
  const layout = {
    assets,
    brand: config.brand,
    googleOrigin: hasGoogleScript ? config.googleAccountsUrl : null,
  };
  const ends = createSessionEnds(context);
  const failures = new WeakMap<Request, unknown>();
  const page = pageRoutes({ layout, app: context, pages });
  const navbar = navbarRoutes(context, { pages, ends });
  const asset = assetRoutes({ assets, config });
  const app = new Elysia({ strictPath: true })
    .headers(answerHeaders(config).document)
    .use(sayRequestId(requestId))
    .use(
      errorPages({
        ...context,
        origin: config.origin,
        page: layout,
        standalone: createStandalone(assets, config),
        sessionLimits: config,
        ends,
        titleOf: (name) => pages.get(name)?.title,
        routes: (): AnyElysia["routes"] => app.routes,
      }),
    )
    .onRequest(({ request }) => {
      if (failures.has(request)) throw failures.get(request);
      requireShortUrl(request);
      requireSmallBody(request);
    })
    .use(crossOrigin(config))
    .use(page.routes)
    .use(plainRoutes(context, { pages, layout, ends }))
    .use(navbar.routes)
    .use(fragmentRoutes(context, pages))
    .use(ownPageRoutes(context, pages.values()))
    .use(riscRoutes(context))
    .use(loginRoutes(context, pages))
    .use(googleRedirectRoutes(context))
    .use(googleCallbackRoutes(context))
    .use(registerRoutes(context))
    .use(refreshRoutes(context))
    .use(verifyRoutes(context))
    .use(enterRoutes(context))
    .use(signOutRoutes(context, layout))
    .use(loginStatusRoutes(context))
    .use(asset.routes)
    .use(healthRoutes(context))
    .use(probeRoutes(context));
  const all = [...page.shortcuts, ...navbar.shortcuts, ...asset.shortcuts];
  const shortcuts = createShortcuts(all, { requestId, failures });
  const handleByRoute: Handle = (request) => app.fetch(request);
  return {
    handle: handleBoth(shortcuts, handleByRoute),
    shortcuts,
    handleByRoute,
    routes: app.routes,
  };
}
