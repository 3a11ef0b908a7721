import { Html } from "@elysiajs/html";

import type { AskedClaims } from "../../src/auth/session_claims.ts";
import { Icon } from "../icon.tsx";
import type { Words } from "../words/words.ts";
import { FedCmButton } from "./fedcm_button.tsx";
import { GoogleLink, GoogleMark } from "./google_link.tsx";

export interface GoogleButtonProps {
  words: Words;
  way: "html" | "js" | "fedcm";
  /** Google's origin. */
  googleOrigin: string;
  clientId: string;
  /** Made for this browser. It comes back inside the ID token. */
  nonce: string;
  /** The Workspace domain whose accounts Google offers, or `null` for all. */
  hostedDomain: string | null;
  claims: AskedClaims | null;
  /** The current page. The person returns to it. */
  path: string;
  /** Where Google posts its form in redirect mode: views/browser/sign_in/google_button.ts chooses it for phones. */
  loginUri: string;
  uxMode: "popup" | "redirect";
  /** Whether to offer One Tap, too. */
  isOneTapOffered: boolean;
  /** Whether the button opens the browser's own dialog where there is one. */
  isFedCmUsed: boolean;
}

/** The Google button, made with the API that the configuration names. */
export function GoogleButton(props: GoogleButtonProps) {
  if (props.way === "fedcm") return <FedCmButton {...props} />;
  return (
    <google-button src={`${props.googleOrigin}/gsi/client`} one-tap={props.isOneTapOffered}>
      <ScriptButton {...props} />
      <GoogleLink path={props.path} class="button google">
        <GoogleMark />
        <span safe>{props.words.signIn.signInWithGoogle}</span>
      </GoogleLink>
      <template>
        <PopupNote words={props.words} path={props.path} />
      </template>
    </google-button>
  );
}

/** For views/browser/sign_in/popup_blocked.ts, which shows it after a click that opened no window. */
function PopupNote({ words, path }: Pick<GoogleButtonProps, "words" | "path">) {
  const { title, text, link } = words.signIn.noWindow;
  return (
    <div class="note bad">
      <Icon name="warning" />
      <p class="fine">
        <b safe>{title}</b>
        <br />
        <span safe>{text}</span>
      </p>
      <GoogleLink path={path} class="button main">
        <span safe>{link}</span>
      </GoogleLink>
    </div>
  );
}

/**
 * Google's button, as attributes: the first element is the client's, the second the button's. By their id and class
 * Google's script finds those of its HTML API. For its JavaScript API, and for those that come later, it is
 * views/browser/sign_in/draw_button.ts that calls `initialize` and `renderButton` with them. Our script offers One Tap
 * separately: Google's automatic prompt would also appear right after sign-out. A click always asks for the account
 * (`button_auto_select`): after idling, the next person at the device may be another one. Google has changed defaults
 * before, so those that count are said.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/html-reference
 * @see https://developers.google.com/identity/gsi/web/reference/js-reference
 */
function ScriptButton(props: GoogleButtonProps) {
  const { words, clientId, nonce, hostedDomain, claims, path } = props;
  const isScanned = props.way === "html";
  return (
    <>
      <div
        id={isScanned ? "g_id_onload" : undefined}
        data-client_id={clientId}
        data-nonce={nonce}
        data-hd={hostedDomain ?? undefined}
        data-essential_claims={claims?.list}
        data-callback="onSignIn"
        data-auto_prompt="false"
        data-ux_mode={props.uxMode}
        data-login_uri={props.loginUri}
        data-use_fedcm_for_button={String(props.isFedCmUsed)}
        data-button_auto_select={props.isFedCmUsed ? "false" : undefined}
        data-itp_support={props.isOneTapOffered ? "true" : undefined}
        data-color_scheme={props.isOneTapOffered ? "default" : undefined}
      ></div>
      <div
        class={isScanned ? "g_id_signin" : "google_button"}
        data-type="standard"
        data-theme="outline"
        data-size="medium"
        data-text="signin_with"
        data-shape="pill"
        data-locale={words.lang}
        data-state={path}
        data-click_listener="onGoogleClick"
      ></div>
    </>
  );
}
