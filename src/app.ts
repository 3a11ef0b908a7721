import { type AnyElysia, Elysia } from "elysia";

import type { Store } from "../db/store.ts";
import type { Assets } from "./assets.ts";
import type { GoogleKeys } from "./auth/google_keys.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { LoginEvents } from "./login_events.ts";
import { crossOrigin } from "./plugins/cross_origin.ts";
import { errorPages } from "./plugins/error_pages.tsx";
import { requireSmallBody } from "./plugins/request_body.ts";
import { recordSecurityEvent } from "./plugins/security_event.ts";
import { securityHeaders } from "./plugins/security_headers.ts";
import type { RefusalCounts } from "./refusal_counts.ts";
import { accountRoutes } from "./routes/account.ts";
import { assetRoutes } from "./routes/assets.ts";
import { contentRoutes } from "./routes/content.tsx";
import { customerRoutes } from "./routes/customers.tsx";
import { deskRoutes } from "./routes/desk.ts";
import { googleRedirectRoutes } from "./routes/google_redirect.tsx";
import { healthRoutes } from "./routes/health.ts";
import { loginStatusRoutes } from "./routes/login_status.ts";
import { navbarRoutes } from "./routes/navbar.tsx";
import { pageRoutes } from "./routes/page.tsx";
import { recordExportRoutes } from "./routes/record_export.ts";
import { riscRoutes } from "./routes/risc.ts";
import { signInRoutes } from "./routes/sign_in.ts";

/** Everything that comes from outside. */
export interface AppDependencies {
  config: Config;
  store: Store;
  googleKeys: GoogleKeys;
  assets: Assets;
  loginEvents: LoginEvents;
  refusals: RefusalCounts;
  log: Log;
  /** The network that a request comes from, roughly. */
  networkOf: (request: Request) => string;
  /** The time in milliseconds since 1970. */
  now: () => number;
}

/** The application: what requests pass, then what they reach. */
export function createApp(deps: AppDependencies) {
  const { config, store, assets, log } = deps;
  const hasGoogleScript = config.googleSignIn !== "fedcm";
  const page = { assets, googleOrigin: hasGoogleScript ? config.googleAccountsUrl : null };
  const app = new Elysia({ strictPath: true })
    .headers(securityHeaders(config))
    .use(
      errorPages({
        log,
        origin: config.origin,
        page,
        routes: (): AnyElysia["routes"] => app.routes,
      }),
    )
    .onRequest(({ request }) => {
      requireSmallBody(request);
    })
    .use(crossOrigin(config))
    .use(pageRoutes({ page, store }))
    .use(navbarRoutes(deps))
    .use(contentRoutes(deps))
    .use(customerRoutes(deps))
    .use(accountRoutes(deps))
    .use(deskRoutes(deps))
    .use(recordExportRoutes(deps))
    .use(riscRoutes({ ...deps, record: (...event) => recordSecurityEvent(event, deps) }))
    .use(signInRoutes(deps))
    .use(googleRedirectRoutes(deps))
    .use(loginStatusRoutes(deps))
    .use(assetRoutes({ assets }))
    .use(healthRoutes(deps));
  return app;
}
