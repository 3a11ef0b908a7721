import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import type { PageLayout } from "../../views/page.tsx";
import { PlainPage, type PlainPageProps } from "../../views/plain_page.tsx";
import { LockedPage } from "../../views/refused.tsx";
import { SessionEndCard } from "../../views/session_end.tsx";
import { translate, type Words } from "../../views/words/words.ts";
import { RefusedRequest } from "../errors.ts";
import type { SessionEnds } from "../http/error_pages.tsx";
import { sendFragment } from "../http/fragment.ts";
import { wordsOf } from "../http/language.ts";
import type { Pages } from "../pages/all_pages.ts";
import { mayOpen } from "../pages/audience.ts";
import { menuItems } from "../pages/menu_items.ts";
import type { Page } from "../pages/page.ts";
import { drawPage, type PageView } from "../pages/send_page.tsx";
import { takeSessionEnd, tellSessionEnd } from "../pages/tell_session_end.ts";
import { PATHS, plainPath } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";

/** The pages for browsers without script, each complete in one document. */
export function plainRoutes(app: AppContext, { pages, layout, ends }: PlainOptions) {
  const { assets, config } = app;

  return new Elysia()
    .use(currentUser(app))
    .get(`${PATHS.plain}/:name`, async ({ params, signedIn, request, set }) => {
      const page = pages.get(params.name);
      if (!page) throw new RefusedRequest("not_found");
      const isLocked = page.audience !== "everybody" && !signedIn;
      // Often only the link came from another site: the next click proves the device.
      if (isLocked && app.unproved.has(request)) throw new RefusedRequest("binding_missing");
      const saysSource = request.headers.has("sec-fetch-site");
      // Text browsers cannot sign in, and Lynx shows no answer of 401.
      if (isLocked) set.status = saysSource ? 401 : 403;
      const query = new URL(request.url).searchParams;
      const words = wordsOf(request);
      const view = { app, words, signedIn, query };
      const isTold = signedIn || isLocked;
      const ended = isTold ? null : await tellSessionEnd(ends, { request, words, limits: config });
      const drawn = await (isLocked ? drawLocked(page, { request, words }) : drawPage(page, view));
      const document = await drawDocument(page, { ...view, drawn, saysSource, ended });
      return sendFragment(document, { request, set });
    });

  async function drawLocked(page: Page, { request, words }: { request: Request; words: Words }) {
    const title = translate(page.title, words);
    const path = plainPath(page.name);
    const end = await takeSessionEnd(ends, request);
    if (!end) {
      const { brand } = config;
      return (
        <LockedPage words={words} title={title} brand={brand} logo={assets.logo} path={path} />
      );
    }
    return <SessionEndCard words={words} end={end} limits={config} title={title} path={path} />;
  }

  function drawDocument(
    { name, title }: Page,
    { words, signedIn, query, drawn, saysSource, ended }: PageView & DocumentParts,
  ) {
    const isOpen = (page: Page) => signedIn !== null && mayOpen(page, signedIn);
    return (
      <PlainPage
        {...layout}
        words={words}
        name={name}
        path={plainPath(name, query)}
        title={translate(title, words)}
        menu={menuItems(pages.values(), { words, isOpen })}
        personName={signedIn?.user.name ?? null}
        saysSource={saysSource}
        ended={ended}
        logoutPath={PATHS.logout}
      >
        {drawn as "safe"}
      </PlainPage>
    );
  }
}

interface DocumentParts extends Pick<PlainPageProps, "saysSource" | "ended"> {
  drawn: JSX.Element;
}

interface PlainOptions {
  pages: Pages;
  layout: PageLayout;
  ends: SessionEnds;
}
