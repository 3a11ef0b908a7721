import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { CONTENTS } from "../../views/contents.tsx";
import { Menu, type MenuItem } from "../../views/menu.tsx";
import { AnonymousNavbar, SignedInNavbar } from "../../views/navbar.tsx";
import { createNonce } from "../auth/nonce.ts";
import { createToken, isToken } from "../auth/token.ts";
import { PATHS } from "../paths.ts";
import { type HeaderSet, readCookie, setCookie, signInCookie } from "../plugins/cookies.ts";
import { currentUser, type CurrentUserDependencies } from "../plugins/current_user.ts";
import { sendFragment } from "../plugins/html.ts";
import { allowedPicture } from "../plugins/security_headers.ts";

// The menus are the same for everybody, so each is drawn once.
const OPEN_MENU = <Menu items={menu({ isSignedIn: true })} />;
const LOCKED_MENU = <Menu items={menu({ isSignedIn: false })} />;

/** The navigation bar, as a fragment that follows who is signed in. */
export function navbarRoutes(deps: CurrentUserDependencies) {
  const { config, now } = deps;
  return new Elysia()
    .use(currentUser(deps))
    .get(PATHS.navbar, async ({ signedIn, request, set }) => {
      if (!signedIn) {
        const nonce = createNonce(await signInToken(request, set, config.origin), now());
        return sendFragment(set, <AnonymousNavbar menu={LOCKED_MENU} button={button(nonce)} />);
      }
      const { name, email, picture, disabledAt } = signedIn.user;
      const person = { name, email, picture: allowedPicture(picture, config) };
      const note = disabledAt === null ? undefined : "This account is disabled";
      return sendFragment(set, <SignedInNavbar menu={OPEN_MENU} person={person} note={note} />);
    });

  function button(nonce: string) {
    const scriptUrl = `${config.googleAccountsUrl}/gsi/client`;
    return { way: config.googleSignIn, scriptUrl, clientId: config.googleClientId, nonce };
  }
}

/** The browser's sign-in cookie; a browser that has none is given one. */
async function signInToken(request: Request, set: HeaderSet, origin: string): Promise<string> {
  const cookie = signInCookie(origin);
  const known = readCookie(request, cookie.name);
  if (isToken(known)) return known;
  const value = createToken();
  await setCookie(set, cookie, { value });
  return value;
}

function menu({ isSignedIn }: { isSignedIn: boolean }): MenuItem[] {
  return [...CONTENTS].map(([name, content]) => {
    const isLocked = content.audience === "members" && !isSignedIn;
    return { name, title: content.title, lock: isLocked ? content.lock : undefined };
  });
}
