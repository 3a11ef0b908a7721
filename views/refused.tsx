import { Html } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import { Icon } from "./icon.tsx";
import { RefusalLinks } from "./refusal_links.tsx";
import { RefusalFootnote, type RefusalProps, RefusalText, RefusalTitle } from "./refusal_parts.tsx";
import { REFUSAL_LOOKS } from "./refusal_steps.ts";
import { say } from "./refusal_words.ts";
import { SignInCard, type SignInCardProps } from "./sign_in/sign_in_card.tsx";

/** A page for signed-in people, as anonymous people see it: what it is, and the way in. */
export function LockedPage({
  title,
  lead,
  ...card
}: SignInCardProps & { title: string; lead?: string }) {
  return (
    <div class="hero">
      <div>
        <h1 safe>{card.words.signIn.toOpen(title)}</h1>
        <p class="lead" safe>
          {lead ?? card.words.signIn.forMembers}
        </p>
      </div>
      <SignInCard {...card} />
    </div>
  );
}

/** What is shown in the place of a page that was refused: what happened, and where to go on. */
export function Refused(props: RefusalProps) {
  const { words } = props;
  const { steps, icon } = REFUSAL_LOOKS[props.kind];
  const isHomeOffered = steps.includes("home");
  return (
    <section class={icon ? "card center" : "center"} aria-labelledby="refusal_title">
      {icon ? (
        <Icon name={icon} size={2.25} />
      ) : (
        <p class="muted" safe>
          {words.steps.status(props.status)}
        </p>
      )}
      <h1 id="refusal_title" tabindex="-1">
        <RefusalTitle {...props} />
      </h1>
      <RefusalText {...props} />
      <RefusalLinks {...props} steps={icon || isHomeOffered ? steps : [...steps, "home"]} />
      <RefusalFootnote {...props} />
      {icon && !isHomeOffered ? (
        <p class="fine">
          <a href={PATHS.page} safe>
            {words.steps.home}
          </a>
        </p>
      ) : null}
    </section>
  );
}

/** The title of the document that a refusal is shown in. It names nobody: browsers keep it in their history. */
export function documentTitleOf({
  words,
  kind,
  detail,
}: Pick<RefusalProps, "words" | "kind" | "detail">): string {
  return (
    detail ??
    say(words.refusals[kind].title, {
      ...{ email: null, site: null, date: null, contact: null, proofs: null },
    })
  );
}
