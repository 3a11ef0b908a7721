import { type AnyElysia, Elysia } from "elysia";

import type { AuditContext } from "../../db/contract/audit.ts";
import { type Form, readForm } from "../http/form.ts";
import { sendFragment } from "../http/fragment.ts";
import type { HeaderSet } from "../http/headers.ts";
import { hxRequest, shownUrl } from "../http/hx_request.ts";
import { wordsOf } from "../http/language.ts";
import { fragmentPath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";
import { authorityOf } from "../session/authority.ts";
import { currentUser } from "../session/current_user.ts";
import { readSession } from "../session/read_session.ts";
import type { SignedIn } from "../session/signed_in.ts";
import { storedText } from "../stored_text.ts";
import {
  type MemberContext,
  type Page,
  type PageHandler,
  Redraw,
  type RouteDemands,
} from "./page.ts";
import { requireAccess, type RouteRequest } from "./route_access.ts";
import { sendPage } from "./send_page.tsx";

/** The context that Elysia passes to a page's own route. */
interface RouteInput {
  request: Request;
  set: HeaderSet;
  /** Missing for a path without parameters. */
  params?: Record<string, string>;
  signedIn: SignedIn | null;
}

/** A handler of any page. The audience is checked before it runs. */
type AnyHandler = PageHandler<MemberContext>;

/** The pages' own routes, each under its page's address. */
export function ownPageRoutes(app: AppContext, pages: Iterable<Page>) {
  const routes = new Elysia();
  for (const page of pages) routes.use(routesOf(page, app));
  return routes;
}

function routesOf(page: Page, app: AppContext): AnyElysia {
  const address = page.address ?? fragmentPath(page.name);
  const isFragment = address.startsWith(PATHS.fragments);
  const routes: AnyElysia = new Elysia().use(isFragment ? hxRequest() : new Elysia());
  routes.use(currentUser(app));
  const add =
    (method: string) =>
    (path: string, handler: unknown, demands: RouteDemands = {}) => {
      const run = createHandler(page, { app, handler: handler as AnyHandler, demands });
      // The cast: Elysia types only literal paths.
      // `parse: "none"`: the form is read after the checks, and no other body is read at all.
      routes.route(method, address + path, run as never, { config: {}, parse: "none" });
    };
  page.routes?.({
    get: add("GET"),
    post: add("POST"),
    put: add("PUT"),
    delete: add("DELETE"),
    redraw: (query) => new Redraw(query ?? null),
  });
  return routes;
}

interface RouteHandler {
  app: AppContext;
  handler: AnyHandler;
  demands: RouteDemands;
}

function createHandler(page: Page, { app, handler, demands }: RouteHandler) {
  return async ({ request, set, params = {}, signedIn }: RouteInput) => {
    const asked: RouteRequest = { page, demands, request, config: app.config, now: app.now() };
    const before = requireAccess(signedIn, asked);
    const isPost = request.method === "POST";
    const form: Form = isPost ? await readForm(request) : new URLSearchParams();
    // A form can take time to arrive. Meanwhile its sender may be disabled, so check again.
    const current = isPost
      ? requireAccess(
          before && (await readSession(app, { request, set, isBackground: true })),
          asked,
        )
      : before;
    const audit = auditOf(asked, { app, current });
    const words = wordsOf(request);
    const query = new URL(request.url).searchParams;
    const log = app.logOf(request);
    const context = { ...app, log, words, query, request, set, form, audit };
    const cleaned = Object.entries(params).map(([name, text]) => [name, storedText(text)]);
    const named: Record<string, string> = Object.fromEntries(cleaned);
    const answer = await handler({ ...context, params: named, signedIn: current as SignedIn });
    if (answer instanceof Redraw) {
      const shown = new URLSearchParams(answer.query ?? shownUrl(request)?.search);
      return sendPage(page, { app, words, signedIn: current, query: shown, request, set });
    }
    return typeof answer === "string" ? sendFragment(answer, { request, set }) : answer;
  };
}

/** Who changes something, and by what right: it is checked again in the transaction of the change. */
function auditOf(
  asked: RouteRequest,
  { app, current }: { app: AppContext; current: SignedIn | null },
): AuditContext {
  const audit = auditContextOf(asked.request, { app, actorId: current?.user.id ?? null });
  if (!current) return audit;
  const { sessionId } = current;
  const requireRight = (signedIn: SignedIn | null) => requireAccess(signedIn, asked);
  return { ...audit, authority: authorityOf(app, { sessionId, requireRight }) };
}
