import { Html } from "@elysiajs/html";

import { DocumentTitle } from "../../views/document_title.tsx";
import { PageFrame } from "../../views/page_frame.tsx";
import { DeletedCard, OwnSignOutCard } from "../../views/signed_out.tsx";
import type { Config } from "../config.ts";
import { sendFragment } from "../http/fragment.ts";
import { announceLoginStatusChange, type HeaderSet } from "../http/headers.ts";
import { shownUrl } from "../http/hx_request.ts";
import { wordsOf } from "../http/language.ts";
import { PATHS, TOP_PAGE } from "../paths.ts";
import { firstName } from "./front_page.tsx";

/** How a person ended their own session: by signing out, or with their account. */
export type OwnEnd =
  { name: string | null; left: { title: string; path: string } | null } | "deleted";

interface Answer {
  config: Config;
  request: Request;
  set: HeaderSet;
}

/**
 * Answers a person who has ended their own session: what they did, in the place of the page, at the address of the
 * front page, which a reload shows.
 */
export function sendSignedOut(end: OwnEnd, { config, request, set }: Answer) {
  announceLoginStatusChange(set);
  // Whoever asked is signed out now.
  delete set.headers["x-answered-for"];
  // On the front page, a second entry of the same address would only cost a click on "back".
  const isThere = shownUrl(request)?.pathname === PATHS.page;
  set.headers[isThere ? "hx-replace-url" : "hx-push-url"] = PATHS.page;
  const words = wordsOf(request);
  const isDeleted = end === "deleted";
  const title = isDeleted ? words.signedOut.deletedTitle : words.signedOut.title;
  return sendFragment(
    <>
      <DocumentTitle title={title} appName={config.brand.name} />
      <PageFrame name={TOP_PAGE} state="loaded" isSignedOut={true}>
        {isDeleted ? (
          <DeletedCard words={words} />
        ) : (
          <OwnSignOutCard
            words={words}
            name={end.name === null ? null : firstName(end.name)}
            left={end.left}
            googleSignOut={googleSignOutOf(config)}
          />
        )}
      </PageFrame>
    </>,
    { request, set },
  );
}

/** Where people sign out of Google. The stand-in's front page has a button for it. */
export function googleSignOutOf({ googleAccountsUrl }: Config): string {
  return googleAccountsUrl.startsWith("https:") ? `${googleAccountsUrl}/Logout` : googleAccountsUrl;
}
