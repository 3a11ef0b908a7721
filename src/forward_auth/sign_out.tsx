import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { SignOutCard } from "../../views/forward_auth/sign_out_card.tsx";
import { Page, type PageLayout } from "../../views/page.tsx";
import { OwnSignOutCard } from "../../views/signed_out.tsx";
import { readForm, readText } from "../http/form.ts";
import { sendFragment } from "../http/fragment.ts";
import { noStore } from "../http/headers.ts";
import { wordsOf } from "../http/language.ts";
import { googleSignOutOf } from "../pages/signed_out.tsx";
import { enterPagePath, PATHS, signOutPath } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";
import { signOut } from "../session/sign_out.ts";
import type { SignedIn } from "../session/signed_in.ts";
import { readReturnAddress } from "./return_address.ts";

/**
 * Where protected applications send people who want to sign out: a page with one button, and after it the same page
 * says that they are signed out, with a link back.
 */
export function signOutRoutes(app: AppContext, layout: PageLayout) {
  const { config } = app;

  return new Elysia()
    .use(currentUser(app))
    .get(PATHS.signOut, ({ request, set, signedIn }) => {
      const words = wordsOf(request);
      const card = signedIn ? drawQuestion(request, signedIn) : drawSignedOut(request);
      const { title } = signedIn ? words.signOut : words.signedOut;
      return sendFragment(
        <Page {...layout} words={words} title={title}>
          <main id="content_section" tabindex="-1">
            {card as "safe"}
          </main>
        </Page>,
        { request, set },
      );
    })
    .post(
      PATHS.signOut,
      async ({ request, set, redirect }) => {
        const form = await readForm(request);
        const address = readReturnAddress(readText(form, "return"), config.sites);
        await signOut(app, { request, set });
        noStore(set);
        return redirect(signOutPath(address?.href ?? null), 303);
      },
      { parse: "none" },
    );

  function addressOf({ url }: Request) {
    return readReturnAddress(new URL(url).searchParams.get("return"), config.sites);
  }

  function drawQuestion(request: Request, { user }: SignedIn) {
    const address = addressOf(request);
    return (
      <SignOutCard
        words={wordsOf(request)}
        email={user.email}
        hasApplications={config.sites.length > 0}
        action={PATHS.signOut}
        back={address && { title: address.site.name, path: address.href }}
      />
    );
  }

  function drawSignedOut(request: Request) {
    const address = addressOf(request);
    return (
      <OwnSignOutCard
        words={wordsOf(request)}
        name={null}
        left={address && { title: address.site.name, path: address.href }}
        path={address ? enterPagePath(address.href) : PATHS.page}
        googleSignOut={googleSignOutOf(config)}
      />
    );
  }
}
