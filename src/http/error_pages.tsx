import { type AnyElysia, Elysia } from "elysia";

import type { SessionEnd } from "../../db/contract/session_end.ts";
import type { PageLayout } from "../../views/page.tsx";
import type { Text } from "../../views/words/words.ts";
import type { SessionLimits } from "../auth/session_policy.ts";
import { type RefusalCode, SecurityEventError } from "../errors.ts";
import { describeCause, shorten } from "../log.ts";
import { pathOf, PATHS } from "../paths.ts";
import type { Client } from "./client_address.ts";
import { readCookie, sessionCookie } from "./cookies.ts";
import type { Counts } from "./counts.ts";
import { NO_STORE } from "./headers.ts";
import type { Limits } from "./limits.ts";
import { isStaticRoute, missingRoute } from "./missing_route.ts";
import { drawRefusal, type Refusal } from "./refusal_body.tsx";
import type { RefusalLog } from "./refusal_log.ts";
import type { RequestId } from "./request_id.ts";
import type { Standalone } from "./standalone.ts";
import { toRefusal } from "./thrown_refusal.ts";
import { routePathOf } from "./url_length.ts";

/** Tells the browser that holds the token of an ended session why it ended. */
export interface SessionEnds {
  /** Why the session of the request's cookie ended, or `null`: it never existed, or its person knows. */
  find(request: Request): Promise<SessionEnd | null>;
  /** The answer to the request tells it, so no other does. */
  forget(request: Request): Promise<void>;
}

export interface ErrorPagesOptions {
  refusals: Pick<RefusalLog, "write" | "countLimited">;
  limits: Pick<Limits, "refusalOf">;
  clientOf: (request: Request) => Client;
  requestId: RequestId;
  counts: Counts;
  /** The public origin; the name of the session cookie depends on it. */
  origin: string;
  page: PageLayout;
  standalone: Standalone;
  /** The title of the page of this name, if there is one. */
  titleOf: (name: string) => Text | undefined;
  sessionLimits: SessionLimits;
  /** Whose requests were refused because their device is not proved. */
  unproved: Pick<WeakSet<Request>, "has">;
  ends: SessionEnds;
  /** Every route, to tell a wrong method from a wrong path. */
  routes: () => AnyElysia["routes"];
}

/**
 * The only mapper from error to response. A fragment for htmx, a page for a navigation, an RFC 8935 error for
 * the sender of a security event, else a problem document (RFC 9457). The status is always the true one.
 */
export function errorPages(options: ErrorPagesOptions) {
  const { origin, ends, routes } = options;
  return new Elysia({ name: "error_pages" }).onError(
    { as: "global" },
    async ({ error, code, request }) => {
      const path = routePathOf(request);
      const isMissing = code === "NOT_FOUND";
      const isUnproved = options.unproved.has(request);
      const found = isMissing
        ? missingRoute(path, routes())
        : toRefusal(error, { code, isUnproved });
      const refusal = countRefusal(found, { ...options, request });
      const requestId = options.requestId(request);
      logRefusal(refusal, { ...options, request });
      options.counts.countRefusal(refusal.code);
      if (isSignIn(request, path)) options.counts.countSignIn(refusal.code as RefusalCode);
      const isPartOfPage = isStaticRoute(path, routes());
      const end = refusal.code === "not_signed_in" ? await ends.find(request) : null;
      const context = { ...options, request, path, isPartOfPage, requestId, end };
      const { body, type, tellsEnd, headers: own } = drawRefusal(refusal, context);
      if (tellsEnd) await ends.forget(request);
      const { status } = refusal;
      const headers = {
        "Content-Type": type,
        ...NO_STORE,
        ...(isStale(refusal, { request, origin }) ? { "HX-Trigger": "LoginStatusChange" } : {}),
        ...refusal.headers,
        ...own,
      };
      return new Response(body, { status, headers });
    },
  );
}

/** The refusal, or `too_many_requests` for a client that is refused too often. */
function countRefusal(
  refusal: Refusal,
  { limits, request }: Pick<ErrorPagesOptions, "limits"> & { request: Request },
): Refusal {
  if (refusal.status >= 500 || refusal.status === 429) return refusal;
  return limits.refusalOf("refusal", request) ?? refusal;
}

function isSignIn({ method }: Request, path: string): boolean {
  return method === "POST" && (path === PATHS.login || path === PATHS.callback);
}

interface LogOptions extends Pick<ErrorPagesOptions, "refusals" | "clientOf" | "requestId"> {
  request: Request;
}

function logRefusal(
  refusal: Refusal,
  { refusals, clientOf, requestId, request }: LogOptions,
): void {
  const { status, code } = refusal;
  if (status === 429) return refusals.countLimited(clientOf(request));
  const cause = refusal instanceof SecurityEventError ? refusal.message : refusal.cause;
  // Anybody can ask for it.
  const isOurs = status >= 500 && code !== "binding_unavailable";
  refusals.write(isOurs ? "error" : "info", {
    request: requestId(request),
    method: request.method,
    path: shorten(pathOf(request)),
    status,
    code,
    cause: shorten(describeCause(cause)),
    address: clientOf(request).exact ?? undefined,
  });
}

/**
 * Whether the page still shows a session that has ended or that another sign-in has replaced. Such a page must
 * reload. A reload that an event caused is not asked to reload again.
 */
function isStale(
  { code }: Refusal,
  { request, origin }: { request: Request; origin: string },
): boolean {
  const isReload = request.headers.get("x-background") === "1";
  const hasCookie = readCookie(request, sessionCookie(origin).name) !== null;
  const isNobody = code === "not_signed_in" || code === "binding_missing";
  const isEnded = isNobody && hasCookie && !isReload;
  return isEnded || code === "signed_in_as_another";
}
