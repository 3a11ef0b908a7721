import { Html } from "@elysiajs/html";

import type { AskedClaims } from "../../src/auth/session_claims.ts";
import type { Words } from "../words/words.ts";
import { GoogleLink, GoogleMark } from "./google_link.tsx";

export interface FedCmButtonProps {
  words: Words;
  googleOrigin: string;
  clientId: string;
  nonce: string;
  /** The Workspace domain whose accounts the browser offers, or `null` for all. */
  hostedDomain: string | null;
  claims: AskedClaims | null;
  path: string;
}

/**
 * The FedCM button, without a script from Google: views/browser/sign_in/fedcm_button.ts asks the browser. Without
 * FedCM the link is the button. After a failure, a sentence and the link appear.
 *
 * @see https://w3c-fedid.github.io/FedCM/
 */
export function FedCmButton(props: FedCmButtonProps) {
  const { words, googleOrigin, clientId, nonce, hostedDomain, claims, path } = props;
  const { signInWithGoogle, failed, failedLink } = words.signIn;
  const link = (
    <GoogleLink path={path}>
      <span safe>{failedLink}</span>
    </GoogleLink>
  );
  return (
    <fedcm-button
      data-config_url={`${googleOrigin}/gsi/fedcm.json`}
      data-client_id={clientId}
      data-nonce={nonce}
      data-hd={hostedDomain ?? undefined}
      data-claims={claims?.parameter}
    >
      <button type="button" class="button google" hidden>
        <GoogleMark />
        <span safe>{signInWithGoogle}</span>
      </button>
      <GoogleLink path={path} class="button google">
        <GoogleMark />
        <span safe>{signInWithGoogle}</span>
      </GoogleLink>
      <p class="fallback" role="status" hidden>
        {failed(link) as "safe"}
      </p>
    </fedcm-button>
  );
}
