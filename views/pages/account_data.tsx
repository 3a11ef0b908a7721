import { Html } from "@elysiajs/html";

import { ACCOUNT, googlePath, pagePath, PATHS } from "../../src/paths.ts";
import { AskingButton } from "../act_button.tsx";
import { Icon } from "../icon.tsx";
import type { Words } from "../words/words.ts";

export interface AccountDataProps {
  words: Words;
  email: string;
  /** On how many devices the person is signed in. */
  devices: number;
  /** Whether the sign-in is recent enough to delete the account. */
  isRecent: boolean;
}

/** What a person can do with their data: download it, and delete their account. */
export function AccountData(props: AccountDataProps) {
  const { account } = props.words;
  return (
    <ul class="rows">
      <li>
        <Icon name="download" size={1.5} />
        <div>
          <b safe>{account.downloadTitle}</b>
          <p class="muted fine" safe>
            {account.downloadText}
          </p>
        </div>
        <DownloadLink words={props.words} class="button small" text={account.download} />
      </li>
      <li>
        <Icon name="trash" size={1.5} />
        <div>
          <b safe>{account.delete}</b>
          <p class="muted fine" safe>
            {props.isRecent ? account.deleteText : account.signInToDelete}
          </p>
        </div>
        {props.isRecent ? (
          <DeleteAccount {...props} />
        ) : (
          <a class="button small" href={googlePath(pagePath(ACCOUNT), { account: "same" })} safe>
            {account.signInAgain}
          </a>
        )}
      </li>
    </ul>
  );
}

function DownloadLink({
  words,
  text,
  class: className,
}: {
  words: Words;
  text: string;
  class?: string;
}) {
  return (
    <a
      href={PATHS.accountExport}
      class={className}
      download=""
      data-done={words.account.downloadStarted}
      safe
    >
      {text}
    </a>
  );
}

function DeleteAccount({ words, email, devices }: AccountDataProps) {
  const { account } = words;
  const address = (
    <b>
      <bdi safe>{email}</bdi>
    </b>
  );
  return (
    <AskingButton
      words={words}
      id="delete_account"
      label={account.delete}
      question={account.deleteQuestion}
      class="button small bad"
      act={{ method: "delete", path: PATHS.account }}
    >
      <p>{account.deleteMeans(address, devices) as "safe"}</p>
      <p class="fine">
        <DownloadLink words={words} text={account.downloadFirst} />
      </p>
    </AskingButton>
  );
}
