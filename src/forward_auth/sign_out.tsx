import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { SignOutCard } from "../../views/forward_auth/sign_out_card.tsx";
import { Page, type PageLayout } from "../../views/page.tsx";
import { type LeftPage, OwnSignOutCard } from "../../views/signed_out.tsx";
import type { Words } from "../../views/words/words.ts";
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
      const parts = { words, back: readBack(request) };
      const card = signedIn ? drawQuestion(parts, signedIn) : drawSignedOut(parts);
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

  function readBack({ url }: Request): LeftPage | null {
    const address = readReturnAddress(new URL(url).searchParams.get("return"), config.sites);
    return address && { title: address.site.name, path: address.href };
  }

  function drawQuestion({ words, back }: Card, { user }: SignedIn) {
    const hasApplications = config.sites.length > 0;
    const props = { words, back, hasApplications, action: PATHS.signOut };
    return <SignOutCard {...props} email={user.email} />;
  }

  function drawSignedOut({ words, back }: Card) {
    const path = back ? enterPagePath(back.path) : PATHS.page;
    const googleSignOut = googleSignOutOf(config);
    return <OwnSignOutCard {...{ words, path, googleSignOut }} name={null} left={back} />;
  }
}

interface Card {
  words: Words;
  /** The application that the person came from. */
  back: LeftPage | null;
}
