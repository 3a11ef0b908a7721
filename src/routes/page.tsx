import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { Menu } from "../../views/menu.tsx";
import { Page as Document, type PageLayout } from "../../views/page.tsx";
import { PageFrame } from "../../views/page_frame.tsx";
import { WithoutScript } from "../../views/without_script.tsx";
import { ALL_WORDS, translate, type Words } from "../../views/words/words.ts";
import { RefusedRequest } from "../errors.ts";
import {
  createEncodings,
  type Encodings,
  sendCompressed,
  sendEncoded,
} from "../http/compression.ts";
import { readCookie, sessionCookie } from "../http/cookies.ts";
import { HTML_TYPE } from "../http/fragment.ts";
import type { HeaderSet } from "../http/headers.ts";
import { wordsOf } from "../http/language.ts";
import type { Pages } from "../pages/all_pages.ts";
import { menuItems } from "../pages/menu_items.ts";
import type { Page, PublicPage } from "../pages/page.ts";
import { PATHS, TOP_PAGE } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { countPage } from "../session/count_page.ts";

export interface PageRoutesOptions {
  /** What all pages have in common. */
  layout: PageLayout;
  app: AppContext;
  pages: Pages;
}

/** A body that is ready, or one that is drawn for a request. */
type Body = Encodings | ((request: Request) => Promise<string>);

interface Around {
  words: Words;
  menu: JSX.Element;
}

interface DocumentOf extends Partial<Around> {
  page: Page;
  words: Words;
  query?: URLSearchParams | undefined;
}

/** The documents in one language, by the name of the page. */
interface Documents {
  /** Without content: every part loads itself. */
  reserved: Map<string, Body>;
  /** Of public pages, with what anonymous people see. */
  anonymous: Map<string, Body>;
}

/**
 * The pages. A public page has two versions, chosen by whether a session cookie is present; its value is not looked
 * up. For anonymous people everything but the navigation bar is in the document. With a cookie, and on pages for
 * members, every part loads itself, so that nothing anonymous flickers.
 */
export function pageRoutes({ layout, app, pages }: PageRoutesOptions) {
  const sessionCookieName = sessionCookie(app.config.origin).name;
  const documents = new Map(ALL_WORDS.map((words) => [words, drawDocuments(words)]));

  return (
    new Elysia()
      .get(PATHS.root, ({ redirect }) => redirect(PATHS.page, 302))
      // Elysia reads the handler's source: with a destructured parameter it prepares only those parts of the context.
      .get(PATHS.page, ({ request, set }) => {
        // Elysia awaits a handler that returns a call directly, and the promise costs as much as everything else.
        const page = send(TOP_PAGE, { request, set });
        return page;
      })
      .get(`${PATHS.page}/:name`, ({ params, request, set }) => send(params.name, { request, set }))
  );

  function send(name: string, context: { request: Request; set: HeaderSet }) {
    return countPage(app, { request: context.request, send: () => sendCounted(name, context) });
  }

  function sendCounted(name: string, context: { request: Request; set: HeaderSet }) {
    const hasSession = readCookie(context.request, sessionCookieName) !== null;
    const words = wordsOf(context.request);
    const { anonymous, reserved } = documents.get(words) as Documents;
    const body = (hasSession ? undefined : anonymous.get(name)) ?? reserved.get(name);
    if (!body) throw new RefusedRequest("not_found");
    const { headers } = context.set;
    headers["content-type"] = HTML_TYPE;
    headers["cache-control"] = "no-cache";
    const vary = "Accept-Encoding, Accept-Language, Cookie";
    if (typeof body !== "function") {
      const response = sendEncoded(body, context);
      headers.vary = vary;
      return response;
    }
    headers.vary = vary;
    return body(context.request).then((html) => sendCompressed(html, context));
  }

  function drawDocuments(words: Words): Documents {
    const menu = (
      <Menu words={words} items={menuItems(pages.values(), { words, isOpen: () => false })} />
    );
    const [reserved, anonymous] = [new Map<string, Body>(), new Map<string, Body>()];
    for (const page of pages.values()) {
      reserved.set(page.name, createEncodings(drawReserved(page, words)));
      if (page.audience === "everybody") {
        anonymous.set(page.name, anonymousBody(page, { words, menu }));
      }
    }
    return { reserved, anonymous };
  }

  function drawReserved(page: Page, words: Words): string {
    return drawDocument({ page, words }, <PageFrame name={page.name} state="empty" />);
  }

  function anonymousBody(page: PublicPage, { words, menu }: Around): Body {
    const draw = (query: URLSearchParams) => page.draw({ ...app, words, signedIn: null, query });
    const around = (drawn: JSX.Element, query?: URLSearchParams) => {
      const frame = (
        <PageFrame name={page.name} state="ready">
          {drawn as "safe"}
        </PageFrame>
      );
      return drawDocument({ page, words, menu, query }, frame);
    };
    if (page.isStatic) return createEncodings(around(draw(new URLSearchParams())));
    return async ({ url }) => {
      const query = new URL(url).searchParams;
      return around(await draw(query), query);
    };
  }

  function drawDocument({ page, words, menu, query }: DocumentOf, content: JSX.Element): string {
    const withoutScript = <WithoutScript words={words} name={page.name} query={query} />;
    return String(
      <Document
        {...layout}
        words={words}
        title={translate(page.title, words)}
        menu={menu}
        withoutScript={withoutScript}
      >
        {content as "safe"}
      </Document>,
    );
  }
}
