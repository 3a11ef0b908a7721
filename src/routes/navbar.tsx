import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { Menu } from "../../views/menu.tsx";
import { AnonymousNavbar } from "../../views/navbar.tsx";
import { GoogleButton } from "../../views/sign_in/google_button.tsx";
import { InAppBrowser } from "../../views/sign_in/in_app_browser.tsx";
import { signedInNavbar, type SignedInNavbarProps } from "../../views/signed_in_navbar.tsx";
import { ALL_WORDS, type Words } from "../../views/words/words.ts";
import { createNonce, NONCE_LIFETIME_MS } from "../auth/nonce.ts";
import { localPage } from "../auth/return_state.ts";
import { ASKED_CLAIMS } from "../auth/session_claims.ts";
import type { SessionEnds } from "../http/error_pages.tsx";
import { sendFragment } from "../http/fragment.ts";
import { sayTimeLeft } from "../http/headers.ts";
import { hxRequest, shownPath, shownUrl } from "../http/hx_request.ts";
import { isInAppBrowser } from "../http/in_app_browser.ts";
import { wordsOf } from "../http/language.ts";
import { allowedPicture } from "../http/security_headers.ts";
import type { Pages } from "../pages/all_pages.ts";
import { mayOpen } from "../pages/audience.ts";
import { menuItems } from "../pages/menu_items.ts";
import { tellSessionEnd } from "../pages/tell_session_end.ts";
import { pageOfPath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";
import { giveSignInToken } from "../session/sign_in_cookie.ts";
import type { SignedIn } from "../session/signed_in.ts";

/** When to refresh the nonce, in seconds: early enough to leave time for the account chooser. */
const REFRESH_AFTER_S = (0.75 * NONCE_LIFETIME_MS) / 1000;

/** The navigation bar, as a fragment that depends on the signed-in person. */
export function navbarRoutes(app: AppContext, { pages, ends }: NavbarOptions) {
  const { config, now, random } = app;
  const brand = { name: config.brand.name, logo: app.assets.logo };
  const anonymousMenus = new Map(ALL_WORDS.map((words) => [words, drawAnonymousMenu(words)]));
  const maxAge = config.sessionMaxAgeMs / 1000;
  const script = app.assets.signedInScript;
  const navbarFor = createNavbarCache(pages, { brand, maxAge, script });
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(app))
    .get(PATHS.navbar, async ({ signedIn, request, set }) => {
      const words = wordsOf(request);
      if (!signedIn) {
        const token = await giveSignInToken(request, { set, origin: config.origin, random });
        const menu = anonymousMenus.get(words) ?? "";
        const ended = await readEnd(request, words);
        const navbar = (
          <AnonymousNavbar {...{ words, brand, menu, ended }} maxAge={REFRESH_AFTER_S}>
            <SignInMethod {...{ request, words, token }} />
          </AnonymousNavbar>
        );
        return sendFragment(navbar, { request, set });
      }
      const { name, email, picture, disabledAt } = signedIn.user;
      const note = disabledAt === null ? undefined : words.menu.isDisabled;
      const person = { name, email, picture: allowedPicture(picture, config), note };
      const { sessionId: session, idleEndsAt } = signedIn;
      sayTimeLeft(set, idleEndsAt === null ? null : idleEndsAt - now());
      return sendFragment(navbarFor(signedIn, words)({ person, session }), { request, set });
    });

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

/**
 * Caches the navigation bar of signed-in people, one for each language and set of pages that they may open. Only the
 * person is drawn for each request.
 */
function createNavbarCache(
  pages: Pages,
  shared: Pick<SignedInNavbarProps, "brand" | "maxAge" | "script">,
) {
  const cache = new Map<string, ReturnType<typeof signedInNavbar>>();
  return (person: SignedIn, words: Words) => {
    const open = new Set([...pages.values()].filter((page) => mayOpen(page, person)));
    const key = [words.lang, ...[...open].map(({ name }) => name)].join(" ");
    const cached = cache.get(key);
    if (cached) return cached;
    const menu = menuItems(pages.values(), { words, isOpen: (page) => open.has(page) });
    const drawing = signedInNavbar({ ...shared, words, menu, isAdmin: person.isAdmin });
    cache.set(key, drawing);
    return drawing;
  };
}
