import { Html } from "@elysiajs/html";

import { DocumentTitle } from "../../views/document_title.tsx";
import { PageFrame } from "../../views/page_frame.tsx";
import { translate, type Words } from "../../views/words/words.ts";
import { sendFragment } from "../http/fragment.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "../session/app_context.ts";
import type { SignedIn } from "../session/signed_in.ts";
import { requireAudience } from "./audience.ts";
import type { Page } from "./page.ts";

/** What a page is drawn for: the signed-in person, their language and the query. */
export interface PageView {
  app: AppContext;
  words: Words;
  signedIn: SignedIn | null;
  query: URLSearchParams;
}

/** Draws a page for a person. Throws the refusal if they may not open it. */
export function drawPage(page: Page, { app, ...view }: PageView): JSX.Element {
  if (page.audience === "everybody") return page.draw({ ...app, ...view });
  const signedIn = requireAudience(page.audience, view.signedIn);
  return page.draw({ ...app, ...view, signedIn });
}

/** The title of a page for what it shows. {@linkcode drawPage} has checked the audience. */
function titleOf(page: Page, { app, ...view }: PageView): string | Promise<string> {
  const context = { ...app, ...view, signedIn: view.signedIn as SignedIn };
  return page.titleOf?.(context) ?? translate(page.title, view.words);
}

/** Sends a page as a fragment for htmx. */
export async function sendPage(
  page: Page,
  { request, set, app, ...rest }: PageView & { request: Request; set: HeaderSet },
): Promise<string | Response> {
  const view = { ...rest, app: { ...app, log: app.logOf(request) } };
  const drawn = await drawPage(page, view);
  const title = await titleOf(page, view);
  const fragment = (
    <>
      <DocumentTitle title={title} appName={view.app.config.brand.name} />
      <PageFrame name={page.name} state="loaded">
        {drawn as "safe"}
      </PageFrame>
    </>
  );
  return sendFragment(fragment, { request, set });
}
