import { Html } from "@elysiajs/html";

import { ACCOUNT, googlePath, pagePath, PATHS } from "../../src/paths.ts";
import { AskingButton } from "../act_button.tsx";
import { Icon } from "../icon.tsx";

export interface AccountDataProps {
  email: string;
  /** On how many devices the person is signed in. */
  devices: number;
  /** Whether the sign-in is recent enough to delete the account. */
  isRecent: boolean;
}

/** What a person can do with their data: download it, and delete their account. */
export function AccountData(props: AccountDataProps) {
  return (
    <ul class="rows">
      <li>
        <Icon name="download" size={1.5} />
        <div>
          <b>Download your data</b>
          <p class="muted fine">Profile, devices and history, as a JSON file.</p>
        </div>
        <a class="button small" href={PATHS.accountExport} download="">
          Download
        </a>
      </li>
      <li>
        <Icon name="trash" size={1.5} />
        <div>
          <b>Delete account</b>
          <p class="muted fine">
            {props.isRecent
              ? "Deletes everything we keep about you. You can’t undo it."
              : "Sign in again to delete your account."}
          </p>
        </div>
        {props.isRecent ? (
          <DeleteAccount {...props} />
        ) : (
          <a class="button small" href={googlePath(pagePath(ACCOUNT))}>
            Sign in again
          </a>
        )}
      </li>
    </ul>
  );
}

function DeleteAccount({ email, devices }: AccountDataProps) {
  return (
    <AskingButton
      id="delete_account"
      label="Delete account"
      question="Delete your account?"
      class="button small bad"
      act={{ method: "delete", path: PATHS.account }}
    >
      <p>
        This deletes everything we keep about{" "}
        <b>
          <bdi safe>{email}</bdi>
        </b>{" "}
        and signs you out
        {devices > 1 ? ` on ${devices} devices` : ""}. You can’t undo it.
      </p>
      <p class="fine">
        <a href={PATHS.accountExport} download="">
          Download your data first
        </a>
      </p>
    </AskingButton>
  );
}
