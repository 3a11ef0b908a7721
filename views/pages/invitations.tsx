import { Html } from "@elysiajs/html";

import { PATHS } from "../../src/paths.ts";
import { ActButton } from "../act_button.tsx";
import { ActForm } from "../act_form.tsx";
import { Time } from "../time.tsx";

export interface InvitationsProps {
  signUp: "open" | "closed";
  invitations: { email: string; invitedAt: number }[];
}

/** The invitations, which allow sign-up while it is closed. */
export function Invitations({ signUp, invitations }: InvitationsProps) {
  return (
    <section class="card">
      <h2>Invitations</h2>
      <p>
        {signUp === "closed"
          ? "New accounts need an invitation, by address."
          : "The sign-up is open: nobody needs an invitation."}
      </p>
      <ActForm path={PATHS.invitations}>
        <label for="invitation_email">Address</label>
        <input id="invitation_email" type="email" name="email" required maxlength="254" />
        <button type="submit" class="button">
          Invite
        </button>
      </ActForm>
      <ul class="rows">
        {invitations.map(({ email, invitedAt }) => (
          <li>
            <div>
              <b safe>{email}</b>
              <p class="muted">
                since <Time at={invitedAt} />
              </p>
            </div>
            <ActButton
              method="delete"
              path={`${PATHS.invitations}?${new URLSearchParams({ email })}`}
            >
              Withdraw
            </ActButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
