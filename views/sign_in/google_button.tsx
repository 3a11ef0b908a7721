import { Html } from "@elysiajs/html";

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
  /** The current page. The person returns to it. */
  path: string;
  /** In redirect mode, where Google posts its form; `null` opens a popup. */
  loginUri: string | null;
  /** Whether to offer One Tap, too. */
  isOneTapOffered: boolean;
}

/** The Google button, made with the API that the configuration names. */
export function GoogleButton(props: GoogleButtonProps) {
  if (props.way === "fedcm") return <FedCmButton {...props} />;
  return (
    <google-button
      way={props.way}
      src={`${props.googleOrigin}/gsi/client`}
      one-tap={props.isOneTapOffered}
    >
      {props.way === "html" ? <HtmlGoogleButton {...props} /> : <JsGoogleButton {...props} />}
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
 * The button for Google's HTML API. Google's script finds these two elements and calls the global `onSignIn` of
 * views/browser/sign_in/post_credential.ts, or posts to `login_uri`. Our script offers One Tap separately: Google's
 * automatic prompt would also appear right after sign-out.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/html-reference
 */
function HtmlGoogleButton({
  words,
  clientId,
  nonce,
  hostedDomain,
  loginUri,
  path,
}: GoogleButtonProps) {
  return (
    <>
      <div
        id="g_id_onload"
        data-client_id={clientId}
        data-nonce={nonce}
        data-hd={hostedDomain ?? undefined}
        data-callback="onSignIn"
        data-auto_prompt="false"
        data-ux_mode={loginUri ? "redirect" : "popup"}
        data-login_uri={loginUri ?? undefined}
      ></div>
      <div
        class="g_id_signin"
        data-type="standard"
        data-theme="outline"
        data-size="medium"
        data-text="signin_with"
        data-shape="pill"
        data-locale={words.lang}
        data-state={loginUri ? path : undefined}
        data-click_listener={loginUri ? undefined : "onGoogleClick"}
      ></div>
    </>
  );
}

/**
 * The button for Google's JavaScript API: views/browser/sign_in/js_button.ts calls `initialize` and `renderButton`.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/js-reference
 */
function JsGoogleButton({
  words,
  clientId,
  nonce,
  hostedDomain,
  loginUri,
  path,
}: GoogleButtonProps) {
  return (
    <div
      class="google_button"
      data-locale={words.lang}
      data-client_id={clientId}
      data-nonce={nonce}
      data-hd={hostedDomain ?? undefined}
      data-login_uri={loginUri ?? undefined}
      data-state={loginUri ? path : undefined}
    ></div>
  );
}
