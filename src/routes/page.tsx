import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import type { Store } from "../../db/contract/store.ts";
import { Page, type PageProps } from "../../views/page.tsx";
import { ContentFrame } from "../../views/page_frame.tsx";
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
import { drawPublic } from "../pages/page.ts";
import { CONTENTS } from "../pages/pages.tsx";
import { PATHS, TOP_CONTENT } from "../paths.ts";

export interface PageRoutesOptions {
  page: Omit<PageProps, "title" | "withoutScript">;
  store: Store;
}

const PUBLIC_PAGES = [...CONTENTS]
  .filter(([, { audience }]) => audience === "everybody")
  .map(([name, { title }]) => ({ name, title }));

/**
 * The pages: the same for everybody, as what depends on people loads itself. All but those that show what is
 * in the store are drawn once.
 */
export function pageRoutes({ page, store }: PageRoutesOptions) {
  const pages = new Map<string, Encodings | (() => Promise<string>)>();
  for (const [name, content] of CONTENTS) {
    if (content.audience !== "everybody") {
      pages.set(name, createEncodings(draw(name, <p>This one is for members.</p>)));
    } else if ("load" in content) {
      pages.set(name, async () => draw(name, await drawPublic(content, { store })));
    } else pages.set(name, createEncodings(draw(name, content.render())));
  }

  return (
    new Elysia()
      .get(PATHS.root, ({ redirect }) => redirect(PATHS.page, 302))
      // Elysia makes ready what a handler names, and everything for one that names nothing.
      .get(PATHS.page, ({ request, set }) => {
        // Elysia awaits what ends in a call, and a promise costs as much as the rest.
        const page = send(TOP_CONTENT, { request, set });
        return page;
      })
      .get(`${PATHS.page}/:name`, ({ params, request, set }) => send(params.name, { request, set }))
  );

  function send(name: string, context: { request: Request; set: HeaderSet }) {
    const page = pages.get(name);
    if (!page) throw new RefusedRequest("not_found");
    const { headers } = context.set;
    headers["content-type"] = HTML_TYPE;
    headers["cache-control"] = "no-cache";
    if (typeof page !== "function") return sendEncoded(page, context);
    headers.vary = "Accept-Encoding";
    return page().then((html) => sendCompressed(html, context));
  }

  function draw(name: string, readable: JSX.Element): string {
    const title = CONTENTS.get(name)?.title ?? "";
    const withoutScript = <WithoutScript pages={PUBLIC_PAGES}>{readable as "safe"}</WithoutScript>;
    return String(
      <Page {...page} title={title} withoutScript={withoutScript}>
        <ContentFrame name={name} isLoaded={false} />
      </Page>,
    );
  }
}
