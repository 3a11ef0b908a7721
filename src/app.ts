import { type AnyElysia, Elysia } from "elysia";

import { crossOrigin } from "./http/cross_origin.ts";
import { errorPages } from "./http/error_pages.tsx";
import { requireSmallBody } from "./http/form.ts";
import { securityHeaders } from "./http/security_headers.ts";
import { customerRoutes } from "./pages/demo/customers.tsx";
import { accountRoutes } from "./routes/account.ts";
import { assetRoutes } from "./routes/assets.ts";
import { recordExportRoutes } from "./routes/audit_export.ts";
import { contentRoutes } from "./routes/content.tsx";
import { googleCallbackRoutes } from "./routes/google_callback.tsx";
import { googleRedirectRoutes } from "./routes/google_redirect.ts";
import { healthRoutes } from "./routes/health.ts";
import { loginStatusRoutes } from "./routes/login_status.ts";
import { navbarRoutes } from "./routes/navbar.tsx";
import { pageRoutes } from "./routes/page.tsx";
import { deskRoutes } from "./routes/people.ts";
import { riscRoutes } from "./routes/risc.ts";
import { signInRoutes } from "./routes/sign_in.ts";
import type { AppContext } from "./session/app_context.ts";

/** The application: what requests pass, then what they reach. */
export function createApp(context: AppContext) {
  const { config, store, assets, log } = context;
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
    .use(navbarRoutes(context))
    .use(contentRoutes(context))
    .use(customerRoutes(context))
    .use(accountRoutes(context))
    .use(deskRoutes(context))
    .use(recordExportRoutes(context))
    .use(riscRoutes(context))
    .use(signInRoutes(context))
    .use(googleRedirectRoutes(context))
    .use(googleCallbackRoutes(context))
    .use(loginStatusRoutes(context))
    .use(assetRoutes({ assets }))
    .use(healthRoutes(context));
  return app;
}
