import { Html } from "@elysiajs/html";

import type { PersonSummary } from "../../db/contract/people_list.ts";
import { PATHS } from "../../src/paths.ts";
import { ActButton, AskingButton } from "../act_button.tsx";
import { Icon } from "../icon.tsx";

type PersonActsProps = PersonSummary & { isConfiguredAdmin: boolean };

/** What an administrator can do with a person, and undo. */
export function PersonActs({
  id,
  name,
  disabledAt,
  adminSince,
  isConfiguredAdmin,
}: PersonActsProps) {
  const path = `${PATHS.people}/${id}`;
  return (
    <>
      {/* No paragraph: that cannot hold a dialog. */}
      <div class="line">
        {adminSince !== null ? (
          <ActButton id="make_admin_opener" method="delete" path={`${path}/administrator`}>
            Remove admin role
          </ActButton>
        ) : isConfiguredAdmin ? null : (
          <AskingButton
            id="make_admin"
            class="button"
            label="Make admin"
            question={`Make ${name} an admin?`}
            act={{ method: "put", path: `${path}/administrator`, class: "button main" }}
          >
            <p>Admins can see and change all people.</p>
          </AskingButton>
        )}{" "}
        {disabledAt === null ? (
          <ActButton id="disable_account" method="put" path={`${path}/disabled`}>
            Disable account
          </ActButton>
        ) : (
          <ActButton id="disable_account" method="delete" path={`${path}/disabled`}>
            Enable account
          </ActButton>
        )}
      </div>
      <p class="muted fine">
        A disabled person is signed out at once and can’t sign in. Their data stays.
      </p>
    </>
  );
}

/** The deletion of an account, apart from the other acts. */
export function PersonDeletion({ id, name, email }: PersonActsProps) {
  return (
    <section class="setting" aria-labelledby="deletion">
      <div>
        <h2 id="deletion">Delete</h2>
        <p class="muted fine">There is no way back.</p>
      </div>
      <div class="card">
        <ul class="rows">
          <li>
            <Icon name="trash" size={1.5} />
            <div>
              <b>Delete this account</b>
              <p class="muted fine">Deletes everything kept about this person.</p>
            </div>
            <AskingButton
              id="delete_person"
              class="button small bad"
              label="Delete account"
              question={`Delete ${name}’s account?`}
              act={{ method: "delete", path: `${PATHS.people}/${id}` }}
            >
              <p safe>{`This deletes everything kept about ${email}. You can’t undo it.`}</p>
            </AskingButton>
          </li>
        </ul>
      </div>
    </section>
  );
}
