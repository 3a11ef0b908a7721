import { Html } from "@elysiajs/html";

import { RefusalLinks } from "../refusal_links.tsx";
import {
  RefusalFootnote,
  type RefusalProps,
  RefusalText,
  RefusalTitle,
} from "../refusal_parts.tsx";
import { REFUSAL_LOOKS } from "../refusal_steps.ts";
import { WayIn } from "./sign_in_card.tsx";

export interface SignInRefusalProps extends RefusalProps {
  /** After how many seconds our script tries again by itself, or `null`. */
  retryAfter: number | null;
}

/**
 * A refused sign-in, in the place of the sign-in card. views/browser/sign_in/refusal.ts puts it there, moves the focus
 * to its title, and sends Google's answer again where that can help.
 */
export function SignInRefusal({ retryAfter, ...props }: SignInRefusalProps) {
  const { words, kind } = props;
  const { steps } = REFUSAL_LOOKS[kind];
  return (
    <section id="sign_in" class="card" aria-labelledby="sign_in_title" data-refusal={kind}>
      <h2 id="sign_in_title" tabindex="-1" aria-describedby="refusal_text">
        <RefusalTitle {...props} />
      </h2>
      <RefusalText {...props} />
      {retryAfter === null ? null : (
        <p data-retry_after={retryAfter} safe>
          {words.steps.trying(words.formats.number(retryAfter))}
        </p>
      )}
      {steps.includes("retry") ? <RetryButton words={words} /> : null}
      {steps.includes("sign_in") ? (
        <WayIn words={words} path={props.path} />
      ) : (
        <OtherSteps {...props} />
      )}
      <RefusalFootnote {...props} />
    </section>
  );
}

function RetryButton({ words }: Pick<RefusalProps, "words">) {
  return (
    <p>
      <button type="button" class="button main" data-retry="" safe>
        {words.steps.retry}
      </button>
    </p>
  );
}

function OtherSteps(props: RefusalProps) {
  const steps = REFUSAL_LOOKS[props.kind].steps.filter((step) => step !== "retry");
  return <RefusalLinks {...props} steps={steps} />;
}
