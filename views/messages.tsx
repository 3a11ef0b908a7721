import { Html } from "@elysiajs/html";

import { RELOADS_PAGE, SWAP_NO_REFUSAL } from "./act_button.tsx";
import { Icon } from "./icon.tsx";
import type { Words } from "./words/words.ts";

/** How long good news is shown, in milliseconds. */
const GOOD_MS = 10_000;

/**
 * Where messages appear: a polite and an assertive region, which are never replaced, and the message that our script
 * copies into them. A third region is only heard: it says what a list shows. `data-` attributes hold the sentences that
 * the browser itself says.
 */
export function Messages({ words, appName }: { words: Words; appName: string }) {
  const { unreachable, offline, signingIn, signedInAs, undo, close } = words.messages;
  return (
    <div
      id="sign_in_message"
      class="messages"
      data-good_ms={GOOD_MS}
      data-unreachable={unreachable(appName)}
      data-offline={offline}
      data-signing_in={signingIn}
      data-signed_in={signedInAs("{name}")}
    >
      <div role="status"></div>
      <div role="alert"></div>
      <div class="hear" aria-live="polite" data-announcement></div>
      <template>
        <div class="message">
          <p></p>
          <button type="button" class="button" data-again safe>
            {words.shell.tryAgain}
          </button>
          <button
            type="button"
            class="button"
            data-undo
            {...RELOADS_PAGE}
            {...SWAP_NO_REFUSAL}
            safe
          >
            {undo}
          </button>
          <a class="button" data-step></a>
          <button type="button" class="button plain icon" data-close aria-label={close}>
            <Icon name="close" />
          </button>
        </div>
      </template>
    </div>
  );
}
