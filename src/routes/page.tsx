import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { Page as Document, type PageProps } from "../../views/page.tsx";
import { PageFrame } from "../../views/page_frame.tsx";
import { WithoutScript } from "../../views/without_script.tsx";
import { RefusedRequest } from "../errors.ts";
import {
  createEncodings,
  type Encodings,
  sendCompressed,
  sendEncoded,
} from "../http/compression.ts";
import { HTML_TYPE } from "../http/fragment.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { Pages } from "../pages/all_pages.tsx";
import type { Page } from "../pages/page.ts";
import { PATHS, TOP_PAGE } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";

export interface PageRoutesOptions {
  /** Properties that all pages share. */
  layout: Omit<PageProps, "title" | "withoutScript">;
  app: AppContext;
  pages: Pages;
}

/**
 * The pages. They are the same for everybody: parts that depend on the person load separately. Static pages are
 * drawn and compressed once.
 */
export function pageRoutes({ layout, app, pages }: PageRoutesOptions) {
  const publicPages = [...pages.values()].filter((page) => page.audience === "everybody");
  const links = publicPages.map(({ name, title }) => ({ name, title }));
  const bodies = new Map<string, Encodings | ((request: Request) => Promise<string>)>();
  for (const page of pages.values()) {
    if (page.audience !== "everybody") {
      bodies.set(page.name, createEncodings(draw(page, <p>This one is for members.</p>)));
    } else if (page.isStatic) {
      const query = new URLSearchParams();
      const drawn = page.draw({ ...app, signedIn: null, query });
      bodies.set(page.name, createEncodings(draw(page, drawn)));
    } else {
      bodies.set(page.name, async ({ url }) => {
        const query = new URL(url).searchParams;
        return draw(page, await page.draw({ ...app, signedIn: null, query }));
      });
    }
  }

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
    const body = bodies.get(name);
    if (!body) throw new RefusedRequest("not_found");
    const { headers } = context.set;
    headers["content-type"] = HTML_TYPE;
    headers["cache-control"] = "no-cache";
    if (typeof body !== "function") return sendEncoded(body, context);
    headers.vary = "Accept-Encoding";
    return body(context.request).then((html) => sendCompressed(html, context));
  }

  function draw({ name, title }: Page, readable: JSX.Element): string {
    const withoutScript = <WithoutScript pages={links}>{readable as "safe"}</WithoutScript>;
    return String(
      <Document {...layout} title={title} withoutScript={withoutScript}>
        <PageFrame name={name} isLoaded={false} />
      </Document>,
    );
  }
}
