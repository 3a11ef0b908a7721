import { Html } from "@elysiajs/html";

import type { SessionEnd } from "../../db/contract/session_end.ts";
import { DocumentTitle } from "../../views/document_title.tsx";
import { RefusedNavbar } from "../../views/navbar.tsx";
import type { PageLayout } from "../../views/page.tsx";
import { PageFrame } from "../../views/page_frame.tsx";
import { RefusalPage } from "../../views/refusal_page.tsx";
import { LockedPage, Refused } from "../../views/refused.tsx";
import { SessionEndCard } from "../../views/session_end.tsx";
import { type Text, translate } from "../../views/words/words.ts";
import type { SessionLimits } from "../auth/session_policy.ts";
import { problemDocument, type RefusedRequest, SecurityEventError } from "../errors.ts";
import { pageOfFragment, pagePath, PATHS } from "../paths.ts";
import { HTML_TYPE } from "./fragment.ts";
import { wordsOf } from "./language.ts";

/** Every error that refuses a request. */
export type Refusal = RefusedRequest | SecurityEventError;

/** The request, and how its refusal is drawn. */
export interface RefusalContext {
  request: Request;
  path: string;
  /** Whether the path is a route that draws only a part of a page. */
  isPartOfPage: boolean;
  requestId: string;
  page: PageLayout;
  /** The title of the page of this name, if there is one. */
  titleOf: (name: string) => Text | undefined;
  limits: SessionLimits;
  /** Why the session of the request ended, if that is not told yet. */
  end: SessionEnd | null;
}

/** A refusal as it goes out. `tellsEnd`: a person reads why their session ended. */
export interface DrawnRefusal {
  body: string;
  type: string;
  tellsEnd?: boolean;
}

/** The body and content type of a refusal, in the form that the client can use. */
export function drawRefusal(refusal: Refusal, context: RefusalContext): DrawnRefusal {
  const { request, path, isPartOfPage, requestId, page, end } = context;
  if (refusal instanceof SecurityEventError) {
    // https://www.rfc-editor.org/rfc/rfc8935#section-2.3
    const body = JSON.stringify({ err: refusal.code, description: refusal.message });
    return { body, type: "application/json" };
  }
  const isHtmx = request.headers.get("hx-request") === "true";
  const name = isPartOfPage ? null : pageOfFragment(path);
  if (isHtmx && request.method === "GET" && (path === PATHS.navbar || name !== null)) {
    const fragment = <RefusedFragment {...context} refusal={refusal} name={name} />;
    return { body: String(fragment), type: HTML_TYPE, tellsEnd: end !== null && name !== null };
  }
  const isNavigation = request.headers.get("sec-fetch-mode") === "navigate";
  const isCallback = path === PATHS.callback;
  if (!isHtmx && (isNavigation || isCallback || path.startsWith(`${PATHS.page}/`))) {
    return {
      body: String(
        <RefusalPage
          words={wordsOf(request)}
          sentence={refusal.message}
          retry={isCallback ? PATHS.google : undefined}
          {...page}
        />,
      ),
      type: HTML_TYPE,
    };
  }
  const body = JSON.stringify({
    ...problemDocument(refusal, requestId),
    ...(end ? { reason: end } : {}),
  });
  return { body, type: "application/problem+json" };
}

function RefusedFragment({
  request,
  refusal,
  name,
  page: { brand, assets },
  titleOf,
  limits,
  end,
}: RefusalContext & { refusal: RefusedRequest; name: string | null }) {
  const { logo } = assets;
  const words = wordsOf(request);
  if (name === null) {
    const bar = { words, brand: { name: brand.name, logo } };
    return <RefusedNavbar sentence={refusal.message} {...bar} />;
  }
  const text = refusal.code === "not_signed_in" ? titleOf(name) : undefined;
  const title = text && translate(text, words);
  const path = pagePath(name);
  if (title && end) {
    return (
      <>
        <DocumentTitle title="You are signed out" appName={brand.name} />
        <PageFrame name={name} state="loaded" isSignedOut={true}>
          <SessionEndCard end={end} limits={limits} title={title} path={path} />
        </PageFrame>
      </>
    );
  }
  return (
    <>
      <DocumentTitle title={title ?? refusal.message} appName={brand.name} />
      <PageFrame name={name} state="loaded">
        {title ? (
          <LockedPage title={title} brand={brand} logo={logo} path={path} />
        ) : (
          <Refused sentence={refusal.message} />
        )}
      </PageFrame>
    </>
  );
}
