import { Html, type PropsWithChildren } from "@elysiajs/html";

import type { Brand } from "../../src/config_brand.ts";
import { type BrandProps, Logo } from "../brand.tsx";
import { GoogleLink, GoogleMark } from "./google_link.tsx";

export interface SignInCardProps {
  brand: Brand;
  logo: BrandProps["logo"];
  /** The current page. The person returns to it. */
  path: string;
}

/** The card in the arch: the one obvious way to sign in. `children` stands in the place of its heading and text. */
export function SignInCard({ brand, logo, path, children }: PropsWithChildren<SignInCardProps>) {
  return (
    <div class="door">
      <Logo logo={logo} />
      <section id="sign_in" class="card" aria-labelledby="sign_in_title">
        {children ? (
          (children as "safe")
        ) : (
          <>
            <h2 id="sign_in_title" tabindex="-1" safe>{`Sign in to ${brand.name}`}</h2>
            <p class="muted">Use your Google account. You don’t need a new password.</p>
          </>
        )}
        <GoogleSlot path={path} />
        <p class="fine">
          Trouble signing in? <GoogleLink path={path}>Use Google’s page</GoogleLink>
        </p>
        <Agreement {...brand} />
      </section>
    </div>
  );
}

/**
 * A place for Google's button. Until Google's frame is drawn, and wherever it is not, a link of the same size stands
 * there and works. views/browser/sign_in/google_slot.ts draws the button with the client of the navigation bar.
 */
export function GoogleSlot({ path }: { path: string }) {
  return (
    <google-slot class="slot">
      <GoogleLink path={path} class="button google">
        <GoogleMark />
        Continue with Google
      </GoogleLink>
    </google-slot>
  );
}

function Agreement({ termsUrl, privacyUrl }: Brand) {
  if (!termsUrl && !privacyUrl) return <></>;
  return (
    <p class="muted fine">
      By continuing you accept our {termsUrl ? <a href={termsUrl}>Terms</a> : null}
      {termsUrl && privacyUrl ? " and " : null}
      {privacyUrl ? <a href={privacyUrl}>Privacy policy</a> : null}.
    </p>
  );
}
