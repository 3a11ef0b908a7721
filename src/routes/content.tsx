import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { DocumentTitle } from "../../views/document_title.tsx";
import { ContentFrame } from "../../views/page_frame.tsx";
import { RefusedRequest } from "../errors.ts";
import { sendFragment } from "../http/fragment.ts";
import type { HeaderSet } from "../http/headers.ts";
import { hxRequest } from "../http/hx_request.ts";
import { type Content, drawForMember, drawPublic } from "../pages/page.ts";
import { CONTENTS } from "../pages/pages.tsx";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser, requireAdmin, requireMember } from "../session/current_user.ts";
import type { SignedIn } from "../session/read_session.ts";

/** Which content is to be drawn, for whom, and with what behind the question mark of its address. */
export interface ContentRequest {
  name: string;
  signedIn: SignedIn | null;
  query: URLSearchParams;
}

/** The content fragments; those for members and administrators refuse everybody else. */
export function contentRoutes(app: AppContext) {
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(app))
    .get(`${PATHS.content}/:name`, ({ params, signedIn, request, set }) => {
      const query = new URL(request.url).searchParams;
      return sendContent({ name: params.name, signedIn, query }, { app, request, set });
    });
}

/** Draws and sends a content. Throws `not_found` if there is none, and whatever keeps the person from seeing it. */
export async function sendContent(
  { name, signedIn, query }: ContentRequest,
  { app, request, set }: { app: AppContext; request: Request; set: HeaderSet },
) {
  const content = CONTENTS.get(name);
  if (!content) throw new RefusedRequest("not_found");
  const fragment = (
    <>
      <DocumentTitle title={content.title} />
      <ContentFrame name={name} isLoaded={true}>
        {(await draw(content, { app, signedIn, query })) as "safe"}
      </ContentFrame>
    </>
  );
  return sendFragment(fragment, { request, set });
}

function draw(
  content: Content,
  { app, signedIn, query }: Omit<ContentRequest, "name"> & { app: AppContext },
): JSX.Element {
  if (content.audience === "everybody") return drawPublic(content, app);
  const mayEnter = content.audience === "administrators" ? requireAdmin : requireMember;
  return drawForMember(content, { ...app, signedIn: mayEnter(signedIn), query });
}
