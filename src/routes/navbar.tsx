import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { Menu } from "../../views/menu.tsx";
import { AnonymousNavbar } from "../../views/navbar.tsx";
import { GoogleButton } from "../../views/sign_in/google_button.tsx";
import { InAppBrowser } from "../../views/sign_in/in_app_browser.tsx";
import { ALL_WORDS, type Words } from "../../views/words/words.ts";
import { createNonce, NONCE_LIFETIME_MS } from "../auth/nonce.ts";
import { localPage } from "../auth/return_state.ts";
import { ASKED_CLAIMS } from "../auth/session_claims.ts";
import type { SessionEnds } from "../http/error_pages.tsx";
import { sendFragment } from "../http/fragment.ts";
import { addHeaders, type HeaderSet, sayTimeLeft } from "../http/headers.ts";
import { hxRequest, isHxRequest, shownPath, shownUrl } from "../http/hx_request.ts";
import { isInAppBrowser } from "../http/in_app_browser.ts";
import { wordsOf } from "../http/language.ts";
import type { Shortcut } from "../http/shortcuts.ts";
import type { Pages } from "../pages/all_pages.ts";
import { menuItems } from "../pages/menu_items.ts";
import { tellSessionEnd } from "../pages/tell_session_end.ts";
import { pageOfPath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser, findMember } from "../session/current_user.ts";
import { giveSignInToken } from "../session/sign_in_cookie.ts";
import type { SignedIn } from "../session/signed_in.ts";
import { type Soon, whenKnown } from "../session/when_known.ts";
import { createMemberNavbar } from "./member_navbar.tsx";

/** When to refresh the nonce, in seconds: early enough to leave time for the account chooser. */
const REFRESH_AFTER_S = (0.75 * NONCE_LIFETIME_MS) / 1000;

/** The navigation bar, as a fragment that depends on the signed-in person. */
export function navbarRoutes(app: AppContext, { pages, ends }: NavbarOptions) {
  const { config, now, random } = app;
  const brand = { name: config.brand.name, logo: app.assets.logo };
  const anonymousMenus = new Map(ALL_WORDS.map((words) => [words, drawAnonymousMenu(words)]));
  const drawForMember = createMemberNavbar(app, { pages, brand });
  const routes = new Elysia()
    .use(hxRequest())
    .use(currentUser(app))
    .get(PATHS.navbar, async ({ signedIn, request, set }) => {
      if (signedIn) return answerMember(signedIn, { request, set });
      const words = wordsOf(request);
      const token = await giveSignInToken(request, { set, origin: config.origin, random });
      const menu = anonymousMenus.get(words) ?? "";
      const ended = await readEnd(request, words);
      const navbar = (
        <AnonymousNavbar {...{ words, brand, menu, ended }} maxAge={REFRESH_AFTER_S}>
          <SignInMethod {...{ request, words, token }} />
        </AnonymousNavbar>
      );
      return sendFragment(navbar, { request, set });
    });
  const shortcuts: [string, Shortcut][] = [[PATHS.navbar, answerOrLeave]];
  return { routes, shortcuts };

  /** Answers signed-in people. */
  function answerOrLeave(request: Request): Soon<Response | null> {
    if (!isHxRequest(request)) return null;
    const set: HeaderSet = { headers: {} };
    return whenKnown(
      findMember(app, { request, set }),
      (signedIn) => signedIn && addHeaders(answerMember(signedIn, { request, set }), set),
    );
  }

  function answerMember(
    signedIn: SignedIn,
    { request, set }: { request: Request; set: HeaderSet },
  ): Response {
    const { idleEndsAt } = signedIn;
    sayTimeLeft(set, idleEndsAt === null ? null : idleEndsAt - now());
    return drawForMember(signedIn, request);
  }

  /** Why the session of this browser has ended, unless its page tells that itself. It is told once. */
  async function readEnd(request: Request, words: Words): Promise<string | null> {
    const name = pageOfPath(shownUrl(request)?.pathname ?? "");
    if (request.method === "HEAD" || name === null) return null;
    const page = pages.get(name);
    if (page && page.audience !== "everybody") return null;
    return tellSessionEnd(ends, { request, words, limits: config });
  }

  function drawAnonymousMenu(words: Words): JSX.Element {
    return <Menu words={words} items={menuItems(pages.values(), { words, isOpen: () => false })} />;
  }

  function SignInMethod({ request, words, token }: SignInMethodProps) {
    const path = localPage(shownPath(request));
    if (isInAppBrowser(request)) return <InAppBrowser words={words} path={path} />;
    return (
      <GoogleButton
        words={words}
        way={config.googleSignIn}
        googleOrigin={config.googleAccountsUrl}
        clientId={config.googleClientId}
        nonce={createNonce(token, { now: now(), random })}
        loginUri={config.origin + PATHS.callback}
        uxMode={config.googleUxMode}
        hostedDomain={config.googleHostedDomain}
        claims={config.googleAuthClaims ? ASKED_CLAIMS : null}
        path={path}
        isOneTapOffered={config.googleOneTap}
        isFedCmUsed={config.googleButtonFedCm}
      />
    );
  }
}

interface SignInMethodProps {
  request: Request;
  words: Words;
  token: string;
}

interface NavbarOptions {
  pages: Pages;
  ends: SessionEnds;
}
