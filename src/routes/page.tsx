import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import type { Store } from "../../db/store.ts";
import { ContentFrame } from "../../views/content.tsx";
import { Page, type PageProps } from "../../views/page.tsx";
import { WithoutScript } from "../../views/without_script.tsx";
import { SignInError } from "../errors.ts";
import { PATHS, TOP_CONTENT } from "../paths.ts";
import { HTML_TYPE } from "../plugins/html.ts";
import { CONTENTS, drawPublic } from "./contents.tsx";

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
  const pages = new Map<string, string | (() => Promise<string>)>();
  for (const [name, content] of CONTENTS) {
    if (content.audience === "members")
      pages.set(name, draw(name, <p>This one is for members.</p>));
    else if ("render" in content) pages.set(name, draw(name, content.render()));
    else pages.set(name, async () => draw(name, await drawPublic(content, { store })));
  }
  const headers = { "content-type": HTML_TYPE, "cache-control": "no-cache" };
  const top = pages.get(TOP_CONTENT);

  return new Elysia()
    .get(PATHS.root, ({ redirect }) => redirect(PATHS.page, 302))
    .get(PATHS.page, ({ set }) => {
      // Elysia awaits what ends in a call, and a promise costs as much as the rest.
      set.headers["content-type"] = HTML_TYPE;
      set.headers["cache-control"] = "no-cache";
      return top as string;
    })
    .get(`${PATHS.page}/:name`, ({ params, set }) => {
      const html = pages.get(params.name);
      if (html === undefined) throw new SignInError("not_found");
      Object.assign(set.headers, headers);
      return typeof html === "string" ? html : html();
    });

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
