import { Html } from "@elysiajs/html";

import type { Invitation } from "../../db/contract/people.ts";
import { ADMIN_INVITATIONS, PATHS } from "../../src/paths.ts";
import { ActButton } from "../act_button.tsx";
import { ActForm } from "../act_form.tsx";
import { Icon } from "../icon.tsx";
import { Time } from "../time.tsx";
import { AdminTabs } from "./admin_tabs.tsx";

export interface InvitationsPageProps {
  signUp: "open" | "closed";
  /** The address of the application, which administrators pass on. */
  origin: string;
  /** For how many days an invitation is open. */
  days: number;
  invitations: Invitation[];
}

/** The invitations, which allow sign-up while it is closed. */
export function InvitationsPage(props: InvitationsPageProps) {
  return (
    <>
      <AdminTabs current={ADMIN_INVITATIONS} />
      <h1>Invitations</h1>
      <p class="lead">Who may create an account.</p>
      <section class="setting" aria-labelledby="invite">
        <div>
          <h2 id="invite">Invite someone</h2>
          <p class="muted fine">
            {props.signUp === "closed"
              ? "Sign-up is closed: only invited people can create an account."
              : "Sign-up is open: anyone can create an account. No one needs an invitation."}
          </p>
        </div>
        <div class="card">
          {props.signUp === "closed" ? (
            <InvitationForm {...props} />
          ) : (
            <p>
              To allow only invited people, set <code>SIGN_UP=closed</code> and restart.
            </p>
          )}
        </div>
      </section>
      {props.signUp === "closed" || props.invitations.length > 0 ? (
        <OpenInvitations {...props} />
      ) : null}
    </>
  );
}

function InvitationForm({ origin }: InvitationsPageProps) {
  return (
    <>
      <ActForm path={PATHS.invitations} class="line">
        <label>
          Email{" "}
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
        <button type="submit" class="button main">
          Add invitation
        </button>
      </ActForm>
      <div class="note">
        <Icon name="mail" />
        <p class="fine">
          <b>We don’t send an email.</b> Tell the person to sign in at <b safe>{origin}</b> with
          this address.
        </p>
        <button
          type="button"
          class="button small"
          data-copy={origin}
          data-copied="Link copied"
          data-not_copied={`Copy this link: ${origin}`}
        >
          Copy link
        </button>
      </div>
    </>
  );
}

function OpenInvitations({ days, invitations }: InvitationsPageProps) {
  return (
    <section class="setting" aria-labelledby="open">
      <div>
        <h2 id="open" tabindex="-1">
          Open invitations
        </h2>
        <p class="muted fine">
          An invitation is used up by the first sign-in. It expires after {days} days.
        </p>
      </div>
      <div class="card">
        {invitations.length === 0 ? <p>No open invitations</p> : null}
        <ul class="rows">
          {invitations.map((invitation) => (
            <InvitationRow {...invitation} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function InvitationRow({ email, invitedAt, expiresAt }: Invitation) {
  return (
    <li>
      <Icon name="mail" size={1.5} />
      <div>
        <b>
          <bdi safe>{email}</bdi>
        </b>
        <p class="muted fine">
          Invited <Time at={invitedAt} /> · Expires <Time at={expiresAt} />
        </p>
      </div>
      <ActButton
        method="delete"
        path={`${PATHS.invitations}?${new URLSearchParams({ email })}`}
        class="button small"
        label={`Revoke invitation for ${email}`}
      >
        Revoke
      </ActButton>
    </li>
  );
}
