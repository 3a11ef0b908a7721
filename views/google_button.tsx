import { Html } from "@elysiajs/html";

export interface GoogleButtonProps {
  way: "html" | "js";
  /** The address of Google's script. */
  scriptUrl: string;
  clientId: string;
  /** Made for this browser; it comes back inside the signed token. */
  nonce: string;
}

/** The Google button, made in the way that the operator chose. */
export function GoogleButton(props: GoogleButtonProps) {
  return props.way === "html" ? <HtmlGoogleButton {...props} /> : <JsGoogleButton {...props} />;
}

/**
 * The HTML way: Google's script finds these two elements by itself, and calls the global
 * `signInWithGoogle` of views/browser/sign_in.ts.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/html-reference
 */
function HtmlGoogleButton({ scriptUrl, clientId, nonce }: GoogleButtonProps) {
  return (
    <google-button way="html" src={scriptUrl}>
      <div
        id="g_id_onload"
        data-client_id={clientId}
        data-nonce={nonce}
        data-callback="signInWithGoogle"
        data-auto_prompt="false"
      ></div>
      <div
        class="g_id_signin"
        data-type="standard"
        data-theme="outline"
        data-size="large"
        data-text="signin_with"
        data-shape="pill"
      ></div>
      <Fallback />
    </google-button>
  );
}

/**
 * The JavaScript way: views/browser/google_button.ts calls `initialize` and `renderButton`.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/js-reference
 */
function JsGoogleButton({ scriptUrl, clientId, nonce }: GoogleButtonProps) {
  return (
    <google-button way="js" src={scriptUrl}>
      <div class="google_button" data-client_id={clientId} data-nonce={nonce}></div>
      <Fallback />
    </google-button>
  );
}

function Fallback() {
  return (
    <p class="fallback" role="status" hidden>
      Google's button did not load. <a href="">Try again</a>
    </p>
  );
}
