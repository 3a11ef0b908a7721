import { Html } from "@elysiajs/html";

import { GoogleLink, GoogleMark } from "./google_link.tsx";

export interface FedCmButtonProps {
  googleOrigin: string;
  clientId: string;
  nonce: string;
  path: string;
}

/**
 * The FedCM button, without a script from Google: views/browser/sign_in/fedcm_button.ts asks the browser. Without
 * FedCM the link is the button. After a failure, a sentence and the link appear.
 *
 * @see https://w3c-fedid.github.io/FedCM/
 */
export function FedCmButton({ googleOrigin, clientId, nonce, path }: FedCmButtonProps) {
  return (
    <fedcm-button
      data-config_url={`${googleOrigin}/gsi/fedcm.json`}
      data-client_id={clientId}
      data-nonce={nonce}
    >
      <button type="button" class="button google" hidden>
        <GoogleMark />
        <span>Sign in with Google</span>
      </button>
      <GoogleLink path={path} class="button google">
        <GoogleMark />
        <span>Sign in with Google</span>
      </GoogleLink>
      <p class="fallback" role="status" hidden>
        Sign-in did not work. Try again, or <GoogleLink path={path}>use Google’s page</GoogleLink>.
      </p>
    </fedcm-button>
  );
}
