import { Html, type PropsWithChildren } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import { Icon, type IconName } from "./icon.tsx";
import { GoogleLink } from "./sign_in/google_link.tsx";
import { GoogleSlot } from "./sign_in/sign_in_card.tsx";

/** A page that a person has left. */
export interface LeftPage {
  title: string;
  path: string;
}

export interface SignedOutProps {
  title: string;
  icon: IconName;
  /** The page to return to after the next sign-in. */
  path: string;
  left?: LeftPage | null;
}

/** What stands in the place of a page after its session has ended: why (`children`), and the way back in. */
export function SignedOut({
  title,
  icon,
  path,
  left = null,
  children,
}: PropsWithChildren<SignedOutProps>) {
  return (
    <section class="card center" aria-labelledby="signed_out_title">
      <Icon name={icon} size={2.25} />
      <h1 id="signed_out_title" tabindex="-1" safe>
        {title}
      </h1>
      <p>{children as "safe"}</p>
      <GoogleSlot path={path} />
      <p class="fine">
        Trouble signing in? <GoogleLink path={path}>Use Google’s page</GoogleLink>
      </p>
      <p class="fine">
        {left ? <BackLink {...left} /> : null}
        <a href={PATHS.page}>Go to home page</a>
      </p>
    </section>
  );
}

function BackLink({ title, path }: LeftPage) {
  return (
    <>
      <a href={path} safe>{`Go back to ${title}`}</a>
      {" · "}
    </>
  );
}

export interface OwnSignOutCardProps {
  title: string;
  /** What the person is called, if they were still signed in. */
  name: string | null;
  left: LeftPage | null;
  /** The address where people sign out of Google. */
  googleSignOut: string;
}

/** After a person has signed out. */
export function OwnSignOutCard({ title, name, left, googleSignOut }: OwnSignOutCardProps) {
  return (
    <SignedOut title={title} icon="check" path={PATHS.page} left={left}>
      See you soon
      {name === null ? null : (
        <>
          , <bdi safe>{name}</bdi>
        </>
      )}
      . On a shared computer, also <a href={googleSignOut}>sign out of Google</a>.
    </SignedOut>
  );
}

/** After a person has deleted their account. */
export function DeletedCard({ title }: { title: string }) {
  return (
    <SignedOut title={title} icon="trash" path={PATHS.page}>
      We no longer keep any data about you.
    </SignedOut>
  );
}
