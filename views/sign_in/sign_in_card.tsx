import { Html, type PropsWithChildren } from "@elysiajs/html";

import type { Brand } from "../../src/config/brand.ts";
import { type BrandProps, Logo } from "../brand.tsx";
import type { Words } from "../words/words.ts";
import { GoogleLink, GoogleMark } from "./google_link.tsx";

export interface SignInCardProps {
  words: Words;
  brand: Brand;
  logo: BrandProps["logo"];
  /** The current page. The person returns to it. */
  path: string;
}

/** The card in the arch: the one obvious way to sign in. `children` stands in the place of its heading and text. */
export function SignInCard({
  words,
  brand,
  logo,
  path,
  children,
}: PropsWithChildren<SignInCardProps>) {
  const { title, lead } = words.signIn;
  return (
    <div class="door">
      <Logo logo={logo} />
      <section id="sign_in" class="card" aria-labelledby="sign_in_title">
        {children ? (
          (children as "safe")
        ) : (
          <>
            <h2 id="sign_in_title" tabindex="-1" safe>
              {title(brand.name)}
            </h2>
            <p class="muted" safe>
              {lead}
            </p>
          </>
        )}
        <WayIn words={words} path={path} />
        <Agreement words={words} brand={brand} />
      </section>
    </div>
  );
}

/** Google's button, and the way through Google's own page. */
export function WayIn({ words, path }: Pick<SignInCardProps, "words" | "path">) {
  const { trouble, googlePage } = words.signIn;
  const link = (
    <GoogleLink path={path}>
      <span safe>{googlePage}</span>
    </GoogleLink>
  );
  return (
    <>
      <GoogleSlot words={words} path={path} />
      <p class="fine">{trouble(link) as "safe"}</p>
    </>
  );
}

/**
 * A place for Google's button. Until Google's frame is drawn, and wherever it is not, a link of the same size stands
 * there and works. views/browser/sign_in/google_slot.ts draws the button with the client of the navigation bar.
 */
function GoogleSlot({ words, path }: Pick<SignInCardProps, "words" | "path">) {
  return (
    <google-slot class="slot">
      <GoogleLink path={path} class="button google">
        <GoogleMark />
        <span safe>{words.signIn.continueWithGoogle}</span>
      </GoogleLink>
      <span class="button google signing-in" aria-disabled="true" safe>
        {words.messages.signingIn}
      </span>
    </google-slot>
  );
}

function Agreement({ words, brand }: Pick<SignInCardProps, "words" | "brand">) {
  const { agreement } = words.signIn;
  const terms = brand.termsUrl ? <Document href={brand.termsUrl} title={agreement.terms} /> : null;
  const privacy = brand.privacyUrl ? (
    <Document href={brand.privacyUrl} title={agreement.privacy} />
  ) : null;
  if (!terms && !privacy) return <></>;
  const both = terms && privacy ? agreement.both(terms, privacy) : (terms ?? privacy ?? "");
  return <p class="muted fine">{agreement.sentence(both) as "safe"}</p>;
}

function Document({ href, title }: { href: string; title: string }) {
  return (
    <a href={href} safe>
      {title}
    </a>
  );
}
