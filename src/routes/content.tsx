import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { ContentFrame } from "../../views/content.tsx";
import { type Content, CONTENTS } from "../../views/contents.tsx";
import { DocumentTitle } from "../../views/document_title.tsx";
import { SignInError } from "../errors.ts";
import { PATHS } from "../paths.ts";
import {
  currentUser,
  type CurrentUserDependencies,
  requireMember,
  type SignedIn,
} from "../plugins/current_user.ts";
import { sendFragment } from "../plugins/html.ts";
import { hxRequest } from "../plugins/hx_request.ts";

/** The content fragments; those for members refuse everybody else. */
export function contentRoutes(deps: CurrentUserDependencies) {
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(deps))
    .get(`${PATHS.content}/:name`, ({ params, signedIn, set }) => {
      const content = CONTENTS.get(params.name);
      if (!content) throw new SignInError("not_found");
      return sendFragment(
        set,
        <>
          <DocumentTitle title={content.title} />
          <ContentFrame name={params.name} isLoaded={true}>
            {draw(content, signedIn) as "safe"}
          </ContentFrame>
        </>,
      );
    });
}

function draw(content: Content, signedIn: SignedIn | null): JSX.Element {
  if (content.audience === "everybody") return content.render();
  const { user, createdAt, expiresAt } = requireMember(signedIn);
  return content.render({ name: user.name, email: user.email, createdAt, expiresAt });
}
