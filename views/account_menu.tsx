import { Html } from "@elysiajs/html";

import { ACCOUNT, ADMIN, PATHS } from "../src/paths.ts";
import { SWAP_NO_REFUSAL } from "./act_button.tsx";
import { Icon } from "./icon.tsx";
import { PageLink } from "./page_link.tsx";
import { Portrait } from "./person.tsx";
import { GoogleLink } from "./sign_in/google_link.tsx";

/** The signed-in person, as the account menu shows them. */
export interface AccountMenuPerson {
  name: string;
  email: string;
  picture: string | null;
  /** Why they can do no more, if their account is disabled. */
  note?: string | undefined;
}

/** The button that opens the account menu: the portrait, and the name where there is room. */
export function AccountButton({ name, picture, note }: AccountMenuPerson) {
  return (
    <>
      {note ? (
        <span class="badge bad" safe>
          {note}
        </span>
      ) : null}
      <button type="button" class="button plain person" popovertarget="account_menu">
        <span class="hear">Your account:</span>
        <Portrait name={name} picture={picture} />
        <span class="person-name">
          <bdi safe>{name}</bdi>
        </span>
        <Icon name="expand" size={1} />
      </button>
    </>
  );
}

/** Who is signed in, in full. */
export function AccountOwner({ name, email }: AccountMenuPerson) {
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
export function AccountLinks({ isAdmin }: { isAdmin: boolean }) {
  return (
    <>
      <hr />
      <PageLink name={ACCOUNT}>
        <Icon name="account" />
        Your account
      </PageLink>
      {isAdmin ? (
        <PageLink name={ADMIN}>
          <Icon name="settings" />
          Admin
        </PageLink>
      ) : null}
      <GoogleLink path={PATHS.page} isAnother={true}>
        <Icon name="switch" />
        Switch account
      </GoogleLink>
      <button
        type="button"
        hx-post={PATHS.logout}
        hx-target="#content_section"
        hx-swap="outerHTML"
        {...SWAP_NO_REFUSAL}
      >
        <Icon name="sign_out" />
        Sign out
      </button>
    </>
  );
}
