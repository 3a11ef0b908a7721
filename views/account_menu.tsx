import { Html } from "@elysiajs/html";

import { ACCOUNT, ADMIN, PATHS } from "../src/paths.ts";
import { SWAP_NO_REFUSAL } from "./act_button.tsx";
import { Icon } from "./icon.tsx";
import { PageLink } from "./page_link.tsx";
import { Portrait } from "./person.tsx";
import { GoogleLink } from "./sign_in/google_link.tsx";
import type { Words } from "./words/words.ts";

/** The signed-in person, as the account menu shows them. */
export interface AccountMenuPerson {
  name: string;
  email: string;
  picture: string | null;
  /** The first letter of the name, which stands where there is no picture. */
  initial: string;
  /** Why they can do no more, if their account is disabled. */
  note?: string | undefined;
}

/** The button that opens the account menu: the portrait, and the name where there is room. */
export function AccountButton({
  words,
  name,
  picture,
  initial,
  note,
}: AccountMenuPerson & { words: Words }) {
  return (
    <>
      {note ? (
        <span class="badge bad" safe>
          {note}
        </span>
      ) : null}
      <button type="button" class="button plain person" popovertarget="account_menu">
        <span class="hear" safe>
          {words.menu.owner}
        </span>
        <Portrait name={name} picture={picture} initial={initial} />
        <span class="person-name">
          <bdi safe>{name}</bdi>
        </span>
        <Icon name="expand" size={1} />
      </button>
    </>
  );
}

/** Who is signed in, in full. */
export function AccountOwner({ name, email }: Pick<AccountMenuPerson, "name" | "email">) {
  return (
    <p class="person">
      <b>
        <bdi safe>{name}</bdi>
      </b>
      <span class="muted fine" safe>
        {email}
      </span>
    </p>
  );
}

/** What is the same for everybody in the account menu: where it leads, and sign-out. */
export function AccountLinks({ words, isAdmin }: { words: Words; isAdmin: boolean }) {
  const { menu, shell } = words;
  return (
    <>
      <hr />
      <PageLink name={ACCOUNT}>
        <Icon name="account" />
        <span safe>{menu.account}</span>
      </PageLink>
      {isAdmin ? (
        <PageLink name={ADMIN}>
          <Icon name="settings" />
          <span safe>{menu.admin}</span>
        </PageLink>
      ) : null}
      <GoogleLink path={PATHS.page} isAnother={true}>
        <Icon name="switch" />
        <span safe>{menu.switch}</span>
      </GoogleLink>
      <button
        type="button"
        hx-post={PATHS.logout}
        hx-target="#content_section"
        hx-swap="outerHTML"
        {...SWAP_NO_REFUSAL}
      >
        <Icon name="sign_out" />
        <span safe>{shell.signOut}</span>
      </button>
    </>
  );
}
