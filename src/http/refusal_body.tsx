import { Html } from "@elysiajs/html";

import { RefusedNavbar } from "../../views/navbar.tsx";
import type { PageProps } from "../../views/page.tsx";
import { ContentFrame, RefusedContent } from "../../views/page_frame.tsx";
import { RefusalPage } from "../../views/refusal_page.tsx";
import { problemDocument, type RefusedRequest, SecurityEventError } from "../errors.ts";
import { isFragmentPath, PATHS } from "../paths.ts";
import { HTML_TYPE } from "./fragment.ts";

/** Whatever a request can be refused with. */
export type Refusal = RefusedRequest | SecurityEventError;

/** What the drawing of a refusal depends on. */
export interface RefusalContext {
  request: Request;
  path: string;
  requestId: string;
  page: Omit<PageProps, "title">;
}

/** The body of the answer to a refused request, in the form that whoever asked can use, and its type. */
export function drawRefusal(
  refusal: Refusal,
  { request, path, requestId, page }: RefusalContext,
): { body: string; type: string } {
  if (refusal instanceof SecurityEventError) {
    // https://www.rfc-editor.org/rfc/rfc8935#section-2.3
    const body = JSON.stringify({ err: refusal.code, description: refusal.message });
    return { body, type: "application/json" };
  }
  const isHtmx = request.headers.get("hx-request") === "true";
  if (isHtmx && isFragmentPath(path)) {
    return { body: String(<RefusedFragment refusal={refusal} path={path} />), type: HTML_TYPE };
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

function RefusedFragment({ refusal, path }: { refusal: RefusedRequest; path: string }) {
  if (path === PATHS.navbar) return <RefusedNavbar sentence={refusal.message} />;
  return (
    <ContentFrame name={nameIn(path)} isLoaded={true}>
      <RefusedContent sentence={refusal.message} canSignIn={refusal.code === "not_signed_in"} />
    </ContentFrame>
  );
}

function nameIn(path: string): string {
  const encoded = path.slice(`${PATHS.content}/`.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
