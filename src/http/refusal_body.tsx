import { Html } from "@elysiajs/html";

import { RefusedNavbar } from "../../views/navbar.tsx";
import type { PageProps } from "../../views/page.tsx";
import { PageFrame, PageRefusal } from "../../views/page_frame.tsx";
import { RefusalPage } from "../../views/refusal_page.tsx";
import { problemDocument, type RefusedRequest, SecurityEventError } from "../errors.ts";
import { pageOfFragment, PATHS } from "../paths.ts";
import { HTML_TYPE } from "./fragment.ts";

/** Every error that refuses a request. */
export type Refusal = RefusedRequest | SecurityEventError;

/** The request, and how its refusal is drawn. */
export interface RefusalContext {
  request: Request;
  path: string;
  /** Whether the path is a route that draws only a part of a page. */
  isPartOfPage: boolean;
  requestId: string;
  page: Omit<PageProps, "title">;
}

/** The body and content type of a refusal, in the form that the client can use. */
export function drawRefusal(
  refusal: Refusal,
  { request, path, isPartOfPage, requestId, page }: RefusalContext,
): { body: string; type: string } {
  if (refusal instanceof SecurityEventError) {
    // https://www.rfc-editor.org/rfc/rfc8935#section-2.3
    const body = JSON.stringify({ err: refusal.code, description: refusal.message });
    return { body, type: "application/json" };
  }
  const isHtmx = request.headers.get("hx-request") === "true";
  const name = isPartOfPage ? null : pageOfFragment(path);
  if (isHtmx && request.method === "GET" && (path === PATHS.navbar || name !== null)) {
    return { body: String(<RefusedFragment refusal={refusal} name={name} />), type: HTML_TYPE };
  }
  const isNavigation = request.headers.get("sec-fetch-mode") === "navigate";
  const isCallback = path === PATHS.callback;
  if (!isHtmx && (isNavigation || isCallback || path.startsWith(`${PATHS.page}/`))) {
    return {
      body: String(
        <RefusalPage
          sentence={refusal.message}
          retry={isCallback ? PATHS.google : undefined}
          {...page}
        />,
      ),
      type: HTML_TYPE,
    };
  }
  const body = JSON.stringify(problemDocument(refusal, requestId));
  return { body, type: "application/problem+json" };
}

function RefusedFragment({ refusal, name }: { refusal: RefusedRequest; name: string | null }) {
  if (name === null) return <RefusedNavbar sentence={refusal.message} />;
  return (
    <PageFrame name={name} isLoaded={true}>
      <PageRefusal sentence={refusal.message} canSignIn={refusal.code === "not_signed_in"} />
    </PageFrame>
  );
}
