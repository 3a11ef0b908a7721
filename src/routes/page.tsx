import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { Menu } from "../../views/menu.tsx";
import { Page as Shell, type PageLayout } from "../../views/page.tsx";
import { PageFrame } from "../../views/page_frame.tsx";
import { WithoutScript } from "../../views/without_script.tsx";
import { ALL_WORDS, translate, type Words } from "../../views/words/words.ts";
import { RefusedRequest } from "../errors.ts";
import { sendCompressed } from "../http/compression.ts";
import { readCookie, sessionCookie } from "../http/cookies.ts";
import { HTML_TYPE } from "../http/fragment.ts";
import type { HeaderSet } from "../http/headers.ts";
import { wordsOf } from "../http/language.ts";
import { createReadyAnswer, type ReadyAnswer } from "../http/ready_answer.ts";
import { answerHeaders } from "../http/security_headers.ts";
import type { Shortcut } from "../http/shortcuts.ts";
import type { Pages } from "../pages/all_pages.ts";
import { menuItems } from "../pages/menu_items.ts";
import type { Page, PublicPage } from "../pages/page.ts";
import { pagePath, PATHS, TOP_PAGE } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { countPage } from "../session/count_page.ts";

export interface PageRoutesOptions {
  /** What all pages have in common. */
  layout: PageLayout;
  app: AppContext;
  pages: Pages;
}

/** Ready, or drawn for a request. */
type Document = ReadyAnswer | ((request: Request) => Promise<string>);

interface DocumentOf {
  page: Page;
  words: Words;
  menu?: JSX.Element;
  query?: URLSearchParams | undefined;
}

/** The documents in one language, by the name of the page: without content, and of public pages for anonymous people. */
type Documents = Record<"reserved" | "anonymous", Map<string, Document>>;

const HEADERS = {
  "content-type": HTML_TYPE,
  "cache-control": "no-cache",
  vary: "Accept-Encoding, Accept-Language, Cookie",
};

/**
 * The pages. A public page has two versions, chosen by whether a session cookie is present; its value is not looked
 * up. For anonymous people everything but the navigation bar is in the document. With a cookie, and on pages for
 * members, every part loads itself, so that nothing anonymous flickers.
 */
export function pageRoutes({ layout, app, pages }: PageRoutesOptions) {
  const sessionCookieName = sessionCookie(app.config.origin).name;
  const headers = { ...answerHeaders(app.config).document, ...HEADERS };
  const documents = new Map(ALL_WORDS.map((words) => [words, drawDocuments(words)]));

  const routes = new Elysia()
    .get(PATHS.root, ({ redirect }) => redirect(PATHS.page, 302))
    .get(PATHS.page, ({ request, set }) => send(TOP_PAGE, { request, set }))
    .get(`${PATHS.page}/:name`, ({ params, request, set }) => send(params.name, { request, set }));
  const shortcuts = [...pages.keys()].map((name): [string, Shortcut] => [
    pagePath(name),
    (request) => sendReady(name, request),
  ]);
  return { routes, shortcuts };

  function sendReady(name: string, request: Request): Response | null {
    const document = choose(name, request);
    if (typeof document !== "object" || app.limits.refusalOf("page", request)) return null;
    return document.respond(request);
  }

  function choose(name: string, request: Request): Document | undefined {
    const hasSession = readCookie(request, sessionCookieName) !== null;
    const { anonymous, reserved } = documents.get(wordsOf(request)) as Documents;
    return (hasSession ? undefined : anonymous.get(name)) ?? reserved.get(name);
  }

  function send(name: string, context: { request: Request; set: HeaderSet }) {
    return countPage(app, { request: context.request, send: () => sendCounted(name, context) });
  }

  function sendCounted(name: string, context: { request: Request; set: HeaderSet }) {
    const document = choose(name, context.request);
    if (!document) throw new RefusedRequest("not_found");
    if (typeof document === "object") return document.respond(context.request);
    Object.assign(context.set.headers, HEADERS);
    return document(context.request).then((html) => sendCompressed(html, context));
  }

  function drawDocuments(words: Words): Documents {
    const items = menuItems(pages.values(), { words, isOpen: () => false });
    const menu = <Menu words={words} items={items} />;
    const [reserved, anonymous] = [new Map<string, Document>(), new Map<string, Document>()];
    for (const page of pages.values()) {
      reserved.set(
        page.name,
        createReadyAnswer(() => drawReserved(page, words), headers),
      );
      if (page.audience === "everybody") {
        anonymous.set(page.name, anonymousDocument(page, { words, menu }));
      }
    }
    return { reserved, anonymous };
  }

  function drawReserved(page: Page, words: Words): string {
    return drawDocument({ page, words }, <PageFrame name={page.name} state="empty" />);
  }

  function anonymousDocument(
    page: PublicPage,
    { words, menu }: Omit<DocumentOf, "page">,
  ): Document {
    const draw = (query = new URLSearchParams()) =>
      page.draw({ ...app, words, signedIn: null, query });
    const around = (drawn: JSX.Element, query?: URLSearchParams) => {
      const frame = (
        <PageFrame name={page.name} state="ready">
          {drawn as "safe"}
        </PageFrame>
      );
      return drawDocument({ page, words, menu, query }, frame);
    };
    if (page.isStatic) return createReadyAnswer(() => around(draw(new URLSearchParams())), headers);
    return async ({ url }) => {
      const query = new URL(url).searchParams;
      return around(await draw(query), query);
    };
  }

  function drawDocument({ page, words, menu, query }: DocumentOf, content: JSX.Element): string {
    const withoutScript = <WithoutScript words={words} name={page.name} query={query} />;
    return String(
      <Shell
        {...layout}
        words={words}
        title={translate(page.title, words)}
        menu={menu}
        withoutScript={withoutScript}
      >
        {content as "safe"}
      </Shell>,
    );
  }
}
