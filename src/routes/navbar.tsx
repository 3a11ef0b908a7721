import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { CONTENTS } from "../../views/contents.tsx";
import { Menu, type MenuItem } from "../../views/menu.tsx";
import { AnonymousNavbar, signedInNavbar } from "../../views/navbar.tsx";
import { createNonce } from "../auth/nonce.ts";
import { PATHS } from "../paths.ts";
import { currentUser, type CurrentUserDependencies } from "../plugins/current_user.ts";
import { sendFragment } from "../plugins/html.ts";
import { hxRequest } from "../plugins/hx_request.ts";
import { allowedPicture } from "../plugins/security_headers.ts";
import { giveSignInToken } from "../plugins/sign_in_token.ts";
import { localPage } from "../return_path.ts";

// The same for everybody, so each is drawn once.
const drawSignedIn = signedInNavbar(menu({ isSignedIn: true }));
const LOCKED_MENU = <Menu items={menu({ isSignedIn: false })} />;

/** The navigation bar, as a fragment that follows who is signed in. */
export function navbarRoutes(deps: CurrentUserDependencies) {
  const { config, now } = deps;
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(deps))
    .get(PATHS.navbar, async ({ signedIn, request, set }) => {
      if (!signedIn) {
        const token = await giveSignInToken(request, { set, origin: config.origin });
        const nonce = createNonce(token, now());
        return sendFragment(
          set,
          <AnonymousNavbar menu={LOCKED_MENU} button={button(nonce, request)} />,
        );
      }
      const { name, email, picture, disabledAt } = signedIn.user;
      const note = disabledAt === null ? undefined : "This account is disabled";
      const person = { name, email, picture: allowedPicture(picture, config), note };
      return sendFragment(set, drawSignedIn(person));
    });

  function button(nonce: string, request: Request) {
    return {
      way: config.googleSignIn,
      googleOrigin: config.googleAccountsUrl,
      clientId: config.googleClientId,
      nonce,
      loginUri: config.googleUxMode === "redirect" ? config.origin + PATHS.callback : null,
      path: localPage(URL.parse(request.headers.get("hx-current-url") ?? "")?.pathname ?? null),
    };
  }
}

function menu({ isSignedIn }: { isSignedIn: boolean }): MenuItem[] {
  return [...CONTENTS].map(([name, content]) => {
    const isLocked = content.audience === "members" && !isSignedIn;
    return { name, title: content.title, lock: isLocked ? content.lock : undefined };
  });
}
