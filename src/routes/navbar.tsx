import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { Menu, type MenuItem } from "../../views/menu.tsx";
import { AnonymousNavbar, signedInNavbar } from "../../views/navbar.tsx";
import { GoogleButton } from "../../views/sign_in/google_button.tsx";
import { InAppNote } from "../../views/sign_in/in_app_note.tsx";
import { createNonce, NONCE_LIFETIME_MS } from "../auth/nonce.ts";
import { localPage } from "../auth/return_state.ts";
import { sendFragment } from "../http/fragment.ts";
import { hxRequest } from "../http/hx_request.ts";
import { isInAppBrowser } from "../http/in_app_browser.ts";
import { allowedPicture } from "../http/security_headers.ts";
import type { Content } from "../pages/page.ts";
import { CONTENTS } from "../pages/pages.tsx";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";
import { giveSignInToken } from "../session/sign_in_cookie.ts";

// The same for everybody, so it is drawn once.
const LOCKED_MENU = <Menu items={menu([])} />;

/** Early enough for a person to take their time over the nonce that the last moment brings, in seconds. */
const REFRESH_AFTER_S = (0.75 * NONCE_LIFETIME_MS) / 1000;

/** The navigation bar, as a fragment that follows who is signed in. */
export function navbarRoutes(app: AppContext) {
  const { config, now } = app;
  const maxAge = config.sessionMaxAgeMs / 1000;
  const drawMember = signedInNavbar({ menu: menu(["members"]), maxAge });
  const drawAdmin = signedInNavbar({ menu: menu(["members", "administrators"]), maxAge });
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(app))
    .get(PATHS.navbar, async ({ signedIn, request, set }) => {
      if (!signedIn) {
        const token = await giveSignInToken(request, { set, origin: config.origin });
        const navbar = (
          <AnonymousNavbar menu={LOCKED_MENU} maxAge={REFRESH_AFTER_S}>
            <WayIn request={request} token={token} />
          </AnonymousNavbar>
        );
        return sendFragment(navbar, { request, set });
      }
      const { name, email, picture, disabledAt } = signedIn.user;
      const note = disabledAt === null ? undefined : "This account is disabled";
      const person = { name, email, picture: allowedPicture(picture, config), note };
      const { sessionId: session } = signedIn;
      const drawSignedIn = signedIn.isAdmin ? drawAdmin : drawMember;
      return sendFragment(drawSignedIn({ person, session }), { request, set });
    });

  function WayIn({ request, token }: { request: Request; token: string }) {
    const { pathname = null } = URL.parse(request.headers.get("hx-current-url") ?? "") ?? {};
    const path = localPage(pathname);
    if (isInAppBrowser(request)) return <InAppNote path={path} />;
    return (
      <GoogleButton
        way={config.googleSignIn}
        googleOrigin={config.googleAccountsUrl}
        clientId={config.googleClientId}
        nonce={createNonce(token, now())}
        loginUri={config.googleUxMode === "redirect" ? config.origin + PATHS.callback : null}
        path={path}
        isOneTapOffered={config.googleOneTap}
      />
    );
  }
}

type Audience = Content["audience"];

/** What stands in the menu of somebody who may see the contents of these audiences. */
function menu(audiences: Audience[]): MenuItem[] {
  return [...CONTENTS].flatMap(([name, content]) => {
    const { title, audience } = content;
    if (audience === "everybody") return { name, title, lock: undefined };
    const isOpen = audiences.includes(audience);
    if (content.isElsewhere || (audience === "administrators" && !isOpen)) return [];
    return { name, title, lock: isOpen ? undefined : content.lock };
  });
}
