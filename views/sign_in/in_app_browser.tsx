import { Html } from "@elysiajs/html";

import { PATHS } from "../../src/paths.ts";
import type { Words } from "../words/words.ts";
import { GoogleLink } from "./google_link.tsx";

export interface InAppBrowserProps {
  words: Words;
  /** The current page. The person returns to it. */
  path: string;
}

/**
 * The way out of browsers inside other apps, where Google refuses to sign people in. Only the navigation bar knows the
 * browser, so it brings the card that views/browser/sign_in/in_app_browser.ts puts in the place of each button.
 */
export function InAppBrowser({ words, path }: InAppBrowserProps) {
  const { title, text, address, copy, copied, notCopied, anyway } = words.signIn.inApp;
  return (
    <in-app-browser>
      <a class="button" href={`${PATHS.page}#sign_in`} safe>
        {words.shell.signIn}
      </a>
      <template>
        <h2 id="sign_in_title" tabindex="-1" safe>
          {title}
        </h2>
        <p safe>{text}</p>
        <p>
          <span safe>{address}</span>
          <br />
          <code></code>
        </p>
        <p>
          <button
            type="button"
            class="button main"
            data-copy=""
            data-copied={copied}
            data-not_copied={notCopied}
            safe
          >
            {copy}
          </button>
        </p>
        <p class="fine">
          <GoogleLink path={path}>
            <span safe>{anyway}</span>
          </GoogleLink>
        </p>
      </template>
    </in-app-browser>
  );
}
