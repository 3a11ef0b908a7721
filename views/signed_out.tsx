import { Html, type PropsWithChildren } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";
import { attributeText } from "./attribute_text.ts";
import { Icon, type IconName } from "./icon.tsx";
import { WayIn } from "./sign_in/sign_in_card.tsx";
import type { Words } from "./words/words.ts";

/** A page that a person has left. */
export interface LeftPage {
  title: string;
  path: string;
}

export interface SignedOutProps {
  words: Words;
  title: string;
  icon: IconName;
  /** The page to return to after the next sign-in. */
  path: string;
  left?: LeftPage | null;
}

/** What stands in the place of a page after its session has ended: why (`children`), and the way back in. */
export function SignedOut({
  words,
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
      <WayIn words={words} path={path} />
      <p class="fine">
        {left ? <BackLink words={words} {...left} /> : null}
        <a href={PATHS.page} safe>
          {words.steps.home}
        </a>
      </p>
    </section>
  );
}

function BackLink({ words, title, path }: LeftPage & { words: Words }) {
  return (
    <>
      <a href={attributeText(path)} safe>
        {words.signedOut.back(title)}
      </a>
      {" · "}
    </>
  );
}

export interface OwnSignOutCardProps {
  words: Words;
  /** What the person is called, if they were still signed in. */
  name: string | null;
  left: LeftPage | null;
  /** The page to return to after the next sign-in. */
  path?: string;
  /** The address where people sign out of Google. */
  googleSignOut: string;
}

/** After a person has signed out. */
export function OwnSignOutCard({
  words,
  name,
  left,
  path = PATHS.page,
  googleSignOut,
}: OwnSignOutCardProps) {
  const { title, seeYouSoon, onSharedComputer, signOutOfGoogle } = words.signedOut;
  const link = (
    <a href={googleSignOut} safe>
      {signOutOfGoogle}
    </a>
  );
  return (
    <SignedOut words={words} title={title} icon="check" path={path} left={left}>
      {seeYouSoon(name === null ? null : <bdi safe>{name}</bdi>) as "safe"}{" "}
      {onSharedComputer(link) as "safe"}
    </SignedOut>
  );
}

/** After a person has deleted their account. */
export function DeletedCard({ words }: { words: Words }) {
  const { deletedTitle, deleted } = words.signedOut;
  return (
    <SignedOut words={words} title={deletedTitle} icon="trash" path={PATHS.page}>
      <span safe>{deleted}</span>
    </SignedOut>
  );
}
