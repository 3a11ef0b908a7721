import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { ContentFrame } from "../../views/content.tsx";
import { DocumentTitle } from "../../views/document_title.tsx";
import { SignInError } from "../errors.ts";
import { PATHS } from "../paths.ts";
import { currentUser, requireAdmin, requireMember } from "../plugins/current_user.ts";
import type { HeaderSet } from "../plugins/headers.ts";
import { sendFragment } from "../plugins/html.ts";
import { hxRequest } from "../plugins/hx_request.ts";
import type { SessionDependencies, SignedIn } from "../plugins/session_reading.ts";
import type { RefusalCounts } from "../refusal_counts.ts";
import { type Content, CONTENTS, drawForMember, drawPublic } from "./contents.tsx";

/** What contents need from outside. */
export type ContentDependencies = SessionDependencies & { refusals: RefusalCounts };

/** Which content is to be drawn, for whom, and with what behind the question mark of its address. */
export interface ContentRequest {
  name: string;
  signedIn: SignedIn | null;
  query: URLSearchParams;
}

/** The content fragments; those for members and administrators refuse everybody else. */
export function contentRoutes(deps: ContentDependencies) {
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(deps))
    .get(`${PATHS.content}/:name`, ({ params, signedIn, request, set }) => {
      const query = new URL(request.url).searchParams;
      return sendContent({ name: params.name, signedIn, query }, { deps, request, set });
    });
}

/** Draws and sends a content. Throws `not_found` if there is none, and whatever keeps the person from seeing it. */
export async function sendContent(
  { name, signedIn, query }: ContentRequest,
  { deps, request, set }: { deps: ContentDependencies; request: Request; set: HeaderSet },
) {
  const content = CONTENTS.get(name);
  if (!content) throw new SignInError("not_found");
  const fragment = (
    <>
      <DocumentTitle title={content.title} />
      <ContentFrame name={name} isLoaded={true}>
        {(await draw(content, { deps, signedIn, query })) as "safe"}
      </ContentFrame>
    </>
  );
  return sendFragment(fragment, { request, set });
}

function draw(
  content: Content,
  { deps, signedIn, query }: Omit<ContentRequest, "name"> & { deps: ContentDependencies },
): JSX.Element {
  if (content.audience === "everybody") return drawPublic(content, deps);
  const mayEnter = content.audience === "administrators" ? requireAdmin : requireMember;
  return drawForMember(content, { ...deps, signedIn: mayEnter(signedIn), query });
}
