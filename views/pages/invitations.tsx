import { Html } from "@elysiajs/html";

import type { Invitation } from "../../db/contract/people.ts";
import { ADMIN_INVITATIONS, PATHS } from "../../src/paths.ts";
import { ActButton } from "../act_button.tsx";
import { ActForm } from "../act_form.tsx";
import { Icon } from "../icon.tsx";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";
import { AdminTabs } from "./admin_tabs.tsx";
import { Setting } from "./setting.tsx";

export interface InvitationsPageProps {
  signUp: "open" | "closed";
  /** The address of the application, which administrators pass on. */
  origin: string;
  /** For how many days an invitation is open. */
  days: number;
  invitations: Invitation[];
  words: Words;
}

/** The invitations, which allow sign-up while it is closed. */
export function InvitationsPage(props: InvitationsPageProps) {
  const { signUp, words } = props;
  const { title, lead, invite, closed, open, toClose } = words.invitations;
  return (
    <>
      <AdminTabs current={ADMIN_INVITATIONS} words={words} />
      <h1 safe>{title}</h1>
      <p class="lead" safe>
        {lead}
      </p>
      <Setting
        id="invite"
        title={invite}
        text={<span safe>{signUp === "closed" ? closed : open}</span>}
      >
        {signUp === "closed" ? (
          <InvitationForm {...props} />
        ) : (
          <p>{toClose(<code>SIGN_UP=closed</code>) as "safe"}</p>
        )}
      </Setting>
      {signUp === "closed" || props.invitations.length > 0 ? <OpenInvitations {...props} /> : null}
    </>
  );
}

function InvitationForm({ origin, words }: InvitationsPageProps) {
  const { email, add, noMail, tell, copyLink, copied, notCopied } = words.invitations;
  return (
    <>
      <ActForm path={PATHS.invitations} class="line">
        <label>
          <span safe>{email}</span>{" "}
          <input
            id="invitation_email"
            type="email"
            name="email"
            required
            maxlength="254"
            size="28"
            autocomplete="off"
          />
        </label>
        <button type="submit" class="button main" safe>
          {add}
        </button>
      </ActForm>
      <div class="note">
        <Icon name="mail" />
        <p class="fine">
          <b safe>{noMail}</b> {tell(<b safe>{origin}</b>) as "safe"}
        </p>
        <button
          type="button"
          class="button small"
          data-copy={origin}
          data-copied={copied}
          data-not_copied={notCopied(origin)}
          safe
        >
          {copyLink}
        </button>
      </div>
    </>
  );
}

function OpenInvitations({ days, invitations, words }: InvitationsPageProps) {
  const { list, expiry, none } = words.invitations;
  return (
    <Setting id="open" title={list} text={<span safe>{expiry(days)}</span>}>
      {invitations.length === 0 ? <p safe>{none}</p> : null}
      <ul class="rows">
        {invitations.map((invitation) => (
          <InvitationRow {...invitation} words={words} />
        ))}
      </ul>
    </Setting>
  );
}

function InvitationRow({ email, invitedAt, expiresAt, words }: Invitation & { words: Words }) {
  const { times, revoke, revokeFor } = words.invitations;
  return (
    <li>
      <Icon name="mail" size={1.5} />
      <div>
        <b>
          <bdi safe>{email}</bdi>
        </b>
        <p class="muted fine">
          {
            times(
              <Time at={invitedAt} as="day" words={words} />,
              <Time at={expiresAt} as="day" words={words} />,
            ) as "safe"
          }
        </p>
      </div>
      <ActButton
        method="delete"
        path={`${PATHS.invitations}?${new URLSearchParams({ email })}`}
        class="button small"
        label={revokeFor(email)}
      >
        <span safe>{revoke}</span>
      </ActButton>
    </li>
  );
}
