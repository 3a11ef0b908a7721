import type { ReadVariable } from "./reader.ts";
import * as read from "./values.ts";

/** How the page shows the sign-in button. */
export type GoogleSignIn = "html" | "js" | "fedcm";

/** How people sign in with Google. */
export interface GoogleSettings {
  readonly googleClientId: string;
  readonly googleSignIn: GoogleSignIn;
  /** Whether the button opens a popup, or leaves the page and returns by a form post from Google. On iPhone and iPad it leaves. */
  readonly googleUxMode: "popup" | "redirect";
  /** Whether anonymous people also see the One Tap prompt. */
  readonly googleOneTap: boolean;
  /** Whether the button uses the browser's own dialog, where the browser has one. */
  readonly googleButtonFedCm: boolean;
  /** Whether Google is asked when and how people signed in to it. */
  readonly googleAuthClaims: boolean;
  readonly googleJwksUrl: string;
  /** The origin of Google's accounts pages and of its script. */
  readonly googleAccountsUrl: string;
}

const JWKS_URL = "https://www.googleapis.com/oauth2/v3/certs";
const ACCOUNTS_URL = "https://accounts.google.com";

/** Reads the variables about signing in with Google. */
export function readGoogle(variable: ReadVariable): GoogleSettings {
  const flag = (name: string) => variable(name, read.oneOf(["true", "false"]), "false") === "true";
  return {
    googleClientId: variable("GOOGLE_OAUTH2_CLIENT_ID", read.clientId, ""),
    googleSignIn: variable("GOOGLE_SIGN_IN", read.oneOf(["html", "js", "fedcm"]), "html"),
    googleUxMode: variable("GOOGLE_UX_MODE", read.oneOf(["popup", "redirect"]), "popup"),
    googleOneTap: flag("GOOGLE_ONE_TAP"),
    googleButtonFedCm: flag("GOOGLE_BUTTON_FEDCM"),
    googleAuthClaims: flag("GOOGLE_AUTH_CLAIMS"),
    googleJwksUrl: variable("GOOGLE_JWKS_URL", read.url, JWKS_URL),
    googleAccountsUrl: variable("GOOGLE_ACCOUNTS_URL", read.origin, ACCOUNTS_URL),
  };
}
