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
import type { Pages } from "../pages/all_pages.tsx";
import { mayOpen } from "../pages/audience.ts";
import type { Page } from "../pages/page.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";
import type { SignedIn } from "../session/read_session.ts";
import { giveSignInToken } from "../session/sign_in_cookie.ts";

/** Early enough for a person to take their time over the nonce that the last moment brings, in seconds. */
const REFRESH_AFTER_S = (0.75 * NONCE_LIFETIME_MS) / 1000;

/** The navigation bar, as a fragment that follows who is signed in. */
export function navbarRoutes(app: AppContext, pages: Pages) {
  const { config, now } = app;
  const inMenu = [...pages.values()].filter((page) => !page.isHiddenInMenu);
  const lockedMenu = <Menu items={describeMenu(inMenu, () => false)} />;
  const draw = createDrawing(inMenu, config.sessionMaxAgeMs / 1000);
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(app))
    .get(PATHS.navbar, async ({ signedIn, request, set }) => {
      if (!signedIn) {
        const token = await giveSignInToken(request, { set, origin: config.origin });
        const navbar = (
          <AnonymousNavbar menu={lockedMenu} maxAge={REFRESH_AFTER_S}>
            <WayIn request={request} token={token} />
          </AnonymousNavbar>
        );
        return sendFragment(navbar, { request, set });
      }
      const { name, email, picture, disabledAt } = signedIn.user;
      const note = disabledAt === null ? undefined : "This account is disabled";
      const person = { name, email, picture: allowedPicture(picture, config), note };
      const { sessionId: session } = signedIn;
      return sendFragment(draw(signedIn)({ person, session }), { request, set });
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

/**
 * The navigation bar of signed-in people differs only by the pages that they may open and by who they are: it
 * is drawn once for each set of pages.
 */
function createDrawing(pages: Page[], maxAge: number) {
  const drawings = new Map<string, ReturnType<typeof signedInNavbar>>();
  return (person: SignedIn) => {
    const open = pages.filter((page) => mayOpen(page, person));
    const key = open.map(({ name }) => name).join(" ");
    const known = drawings.get(key);
    if (known) return known;
    const menu = describeMenu(pages, (page) => open.includes(page));
    const drawing = signedInNavbar({ menu, maxAge });
    drawings.set(key, drawing);
    return drawing;
  };
}

/** The entries of a menu. Pages that a person may not open are locked, or left out if they are not for all members. */
function describeMenu(pages: Page[], isOpen: (page: Page) => boolean): MenuItem[] {
  return pages.flatMap((page) => {
    const { name, title, audience } = page;
    if (audience === "everybody" || isOpen(page)) return { name, title, lock: undefined };
    return audience === "members" || page.lock ? { name, title, lock: page.lock } : [];
  });
}
