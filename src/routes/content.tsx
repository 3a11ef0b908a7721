import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { ContentFrame } from "../../views/content.tsx";
import { DocumentTitle } from "../../views/document_title.tsx";
import { SignInError } from "../errors.ts";
import { PATHS } from "../paths.ts";
import { currentUser, requireMember } from "../plugins/current_user.ts";
import { sendFragment } from "../plugins/html.ts";
import { hxRequest } from "../plugins/hx_request.ts";
import { type SessionDependencies, type SignedIn } from "../plugins/session_reading.ts";
import { type Content, CONTENTS, drawPublic } from "./contents.tsx";

/** The content fragments; those for members refuse everybody else. */
export function contentRoutes(deps: SessionDependencies) {
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(deps))
    .get(`${PATHS.content}/:name`, async ({ params, signedIn, request, set }) => {
      const content = CONTENTS.get(params.name);
      if (!content) throw new SignInError("not_found");
      const fragment = (
        <>
          <DocumentTitle title={content.title} />
          <ContentFrame name={params.name} isLoaded={true}>
            {(await draw(content, signedIn)) as "safe"}
          </ContentFrame>
        </>
      );
      return sendFragment(fragment, { request, set });
    });

  function draw(content: Content, signedIn: SignedIn | null): JSX.Element {
    if (content.audience === "everybody") return drawPublic(content, deps);
    const { user, createdAt, expiresAt } = requireMember(signedIn);
    return content.render({ name: user.name, email: user.email, createdAt, expiresAt });
  }
}
