import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { ContentFrame } from "../../views/content.tsx";
import { CONTENTS } from "../../views/contents.tsx";
import { Page, type PageProps } from "../../views/page.tsx";
import { SignInError } from "../errors.ts";
import { PATHS, TOP_CONTENT } from "../paths.ts";
import { HTML_TYPE } from "../plugins/html.ts";

/** The pages: the same for everybody, so each is drawn once; what depends on people loads itself. */
export function pageRoutes({ page }: { page: Omit<PageProps, "title"> }) {
  const pages = new Map(
    [...CONTENTS].map(([name, { title }]) => [name, draw(name, { title, ...page })]),
  );
  const headers = { "content-type": HTML_TYPE, "cache-control": "no-cache" };
  const top = pages.get(TOP_CONTENT);

  return new Elysia()
    .get(PATHS.root, ({ redirect }) => redirect(PATHS.page, 302))
    .get(PATHS.page, ({ set }) => {
      // Elysia awaits what ends in a call, and a promise costs as much as the rest.
      set.headers["content-type"] = HTML_TYPE;
      set.headers["cache-control"] = "no-cache";
      return top;
    })
    .get(`${PATHS.page}/:name`, ({ params, set }) => {
      const html = pages.get(params.name);
      if (html === undefined) throw new SignInError("not_found");
      Object.assign(set.headers, headers);
      return html;
    });
}

function draw(name: string, page: PageProps): string {
  return String(
    <Page {...page}>
      <ContentFrame name={name} isLoaded={false} />
    </Page>,
  );
}
