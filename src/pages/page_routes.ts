import { type AnyElysia, Elysia } from "elysia";

import { type Form, readForm } from "../http/form.ts";
import { sendFragment } from "../http/fragment.ts";
import type { HeaderSet } from "../http/headers.ts";
import { hxRequest } from "../http/hx_request.ts";
import { fragmentPath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";
import { currentUser } from "../session/current_user.ts";
import { requireNamedSession } from "../session/page_session.ts";
import { readSession, type SignedIn } from "../session/read_session.ts";
import { requireAudience } from "./audience.ts";
import { type MemberContext, type Page, type PageHandler, Redraw } from "./page.ts";
import { sendPage } from "./send_page.tsx";

/** A request to a route of a page's own, as Elysia hands it over. */
interface Reached {
  request: Request;
  set: HeaderSet;
  params: Record<string, string>;
  signedIn: SignedIn | null;
}

/** A page of any audience: what its handlers get has been checked against the audience before. */
type AnyHandler = PageHandler<MemberContext>;

/** The routes that pages bring, each under its page's address. */
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
  const add = (method: string) => (path: string, handler: unknown) => {
    const run = answerWith(page, { app, handler: handler as AnyHandler });
    // Elysia's types follow a path that is written out, not one that is put together.
    // A form is read after the checks, and no other body is read at all.
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

function answerWith(page: Page, { app, handler }: { app: AppContext; handler: AnyHandler }) {
  return async ({ request, set, params, signedIn }: Reached) => {
    const before = enter(page, { request, signedIn });
    const isPost = request.method === "POST";
    const form: Form = isPost ? await readForm(request) : new URLSearchParams();
    // A form may take its time, and its sender be disabled meanwhile.
    const present = isPost
      ? enter(page, {
          request,
          signedIn: before && (await readSession(app, { request, set, isBackground: true })),
        })
      : before;
    const audit = auditContextOf(request, { app, actorId: present?.user.id ?? null });
    const context = { ...app, query: queryOf(request.url), request, set, params, form, audit };
    const answer = await handler({ ...context, signedIn: present as SignedIn });
    if (answer instanceof Redraw) {
      const query = answer.query ? new URLSearchParams(answer.query) : shownQuery(request);
      return sendPage(page, { app, signedIn: present, query, request, set });
    }
    return typeof answer === "string" ? sendFragment(answer, { request, set }) : answer;
  };
}

/** Lets a person of the audience pass; one who changes something must do so from a page of their own session. */
function enter(
  { audience }: Page,
  { request, signedIn }: Pick<Reached, "request" | "signedIn">,
): SignedIn | null {
  const person = audience === "everybody" ? signedIn : requireAudience(audience, signedIn);
  if (person && !["GET", "HEAD"].includes(request.method))
    requireNamedSession(request, person.sessionId);
  return person;
}

function queryOf(url: string): URLSearchParams {
  return new URL(url).searchParams;
}

/** What the address of the page that asks says behind its question mark. */
function shownQuery(request: Request): URLSearchParams {
  const shown = URL.parse(request.headers.get("hx-current-url") ?? "");
  return new URLSearchParams(shown?.search);
}
