import { Html } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import { SignInCard, type SignInCardProps } from "./sign_in/sign_in_card.tsx";

/** A page for signed-in people, as anonymous people see it: what it is, and the way in. */
export function LockedPage({ title, ...card }: SignInCardProps & { title: string }) {
  return (
    <div class="hero">
      <div>
        <h1 safe>{`Sign in to open ${title}`}</h1>
        <p class="lead">This page is for members.</p>
      </div>
      <SignInCard {...card} />
    </div>
  );
}

/** What is shown in the place of a page that was refused: a sentence, and where to go on. */
export function Refused({ sentence, retry }: { sentence: string; retry?: string | undefined }) {
  return (
    <section class="center refusal" role="status">
      <h1 safe>{sentence}</h1>
      <p class="line">
        {retry ? (
          <a class="button main" href={retry}>
            Sign in again
          </a>
        ) : null}
        <a class={retry ? "button" : "button main"} href={PATHS.page}>
          Go to home page
        </a>
      </p>
    </section>
  );
}
