import { Html } from "@elysiajs/html";

import type { SessionEnd } from "../../db/contract/session_end.ts";
import { DocumentTitle } from "../../views/document_title.tsx";
import { RefusedNavbar } from "../../views/navbar.tsx";
import type { PageLayout } from "../../views/page.tsx";
import { PageFrame } from "../../views/page_frame.tsx";
import { RefusalPage } from "../../views/refusal_page.tsx";
import type { RefusalProps } from "../../views/refusal_parts.tsx";
import { documentTitleOf, LockedPage, Refused } from "../../views/refused.tsx";
import { SessionEndCard } from "../../views/session_end.tsx";
import { SignInRefusal } from "../../views/sign_in/sign_in_refusal.tsx";
import { StandaloneRefusal } from "../../views/standalone_page.tsx";
import { type Text, translate } from "../../views/words/words.ts";
import type { SessionLimits } from "../auth/session_policy.ts";
import { type RefusedRequest, SecurityEventError } from "../errors.ts";
import { pageOfFragment, pagePath, PATHS } from "../paths.ts";
import { HTML_TYPE } from "./fragment.ts";
import { wordsOf } from "./language.ts";
import { isDocumentNavigation } from "./navigation.ts";
import { PROBLEM_TYPE, problemDocument } from "./problem.ts";
import { describeForPeople } from "./refusal_props.ts";
import type { Standalone } from "./standalone.ts";

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
  standalone: Standalone;
  /** The title of the page of this name, if there is one. */
  titleOf: (name: string) => Text | undefined;
  sessionLimits: SessionLimits;
  /** Why the session of the request ended, if that is not told yet. */
  end: SessionEnd | null;
}

/** A refusal as it goes out. `tellsEnd`: a person reads why their session ended. */
export interface DrawnRefusal {
  body: string;
  type: string;
  headers?: Record<string, string>;
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
  const isBadValue = refusal.kind === "bad_parameter" && request.method !== "GET";
  const kind = isBadValue ? "bad_value" : refusal.kind;
  const about = { kind, words: wordsOf(request), requestId, support: page.brand.support };
  const props = describeForPeople(refusal, { ...about, path, name });
  if (isHtmx && request.method === "GET" && (path === PATHS.navbar || name !== null)) {
    const fragment = <RefusedFragment {...context} props={props} name={name} />;
    return { body: String(fragment), type: HTML_TYPE, tellsEnd: end !== null && name !== null };
  }
  if (path === PATHS.login && request.headers.get("accept") === "text/html") {
    // Only what failed on our side is tried again without being asked.
    const isOurs = refusal.status >= 500;
    const retryAfter = isOurs ? Number(refusal.headers["Retry-After"]) || null : null;
    const card = <SignInRefusal {...props} retryAfter={retryAfter} />;
    return { body: String(card), type: HTML_TYPE };
  }
  if (path === PATHS.verify && isDocumentNavigation(request)) {
    const { policy } = context.standalone;
    const body = String(<StandaloneRefusal {...context} refusal={props} />);
    return { body, type: HTML_TYPE, headers: { "Content-Security-Policy": policy } };
  }
  const isNavigation = request.headers.get("sec-fetch-mode") === "navigate";
  const isPage = path === PATHS.callback || path.startsWith(`${PATHS.page}/`);
  // On another origin, in a frame, our page would lack all that it loads.
  const isElsewhere = path === PATHS.verify;
  if (!isHtmx && !isElsewhere && (isNavigation || isPage)) {
    return {
      body: String(<RefusalPage words={about.words} refusal={props} {...page} />),
      type: HTML_TYPE,
    };
  }
  const problem = problemDocument(refusal, { ...props, isAct: isHtmx });
  const body = JSON.stringify({ ...problem, ...(end ? { reason: end } : {}) });
  return { body, type: PROBLEM_TYPE };
}

function RefusedFragment({
  props,
  name,
  page: { brand, assets },
  titleOf,
  sessionLimits,
  end,
}: RefusalContext & { props: RefusalProps; name: string | null }) {
  const { logo } = assets;
  const { words } = props;
  if (name === null) {
    const bar = { words, brand: { name: brand.name, logo } };
    return <RefusedNavbar sentence={documentTitleOf(props)} {...bar} />;
  }
  const text = props.kind === "not_signed_in" ? titleOf(name) : undefined;
  const title = text && translate(text, words);
  const path = pagePath(name);
  if (title && end) {
    return (
      <>
        <DocumentTitle title={words.signedOut.title} appName={brand.name} />
        <PageFrame name={name} state="loaded" isSignedOut={true}>
          <SessionEndCard
            words={words}
            end={end}
            limits={sessionLimits}
            title={title}
            path={path}
          />
        </PageFrame>
      </>
    );
  }
  return (
    <>
      <DocumentTitle title={title ?? documentTitleOf(props)} appName={brand.name} />
      <PageFrame name={name} state="loaded">
        {title ? (
          <LockedPage words={words} title={title} brand={brand} logo={logo} path={path} />
        ) : (
          <Refused {...props} />
        )}
      </PageFrame>
    </>
  );
}
