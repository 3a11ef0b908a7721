import { Html } from "@elysiajs/html";

import { ACCOUNT, googlePath, pagePath, PATHS } from "../../src/paths.ts";
import { ActButton, AskingButton } from "../act_button.tsx";
import { Identity, type Person } from "../person.tsx";
import { Time } from "../time.tsx";
import { SessionList, type SessionRow } from "./sessions.tsx";

export interface AccountPageProps {
  person: Person & { createdAt: number };
  /** When this session began, and its sign-in method. */
  signedInAt: number;
  method: string;
  sessions: SessionRow[];
  /** Whether the sign-in is recent enough to delete the account. */
  isRecent: boolean;
}

/** A person's own account: who they are, their sessions, and their data. */
export function AccountPage(props: AccountPageProps) {
  const { person, signedInAt, method, sessions } = props;
  return (
    <>
      <section class="card">
        <h1>My account</h1>
        <Identity person={person} headline={<b safe>{person.name}</b>} />
        <dl class="facts">
          <dt>Here since</dt>
          <dd>
            <Time at={person.createdAt} />
          </dd>
          <dt>Signed in</dt>
          <dd>
            <Time at={signedInAt} />
            {method ? <span safe>{`, ${method}`}</span> : null}
          </dd>
        </dl>
      </section>
      <section class="card">
        <h2>Where you are signed in</h2>
        <SessionList sessions={sessions} endPath={PATHS.accountSessions} />
        <p class="line">
          {sessions.length > 1 ? (
            <ActButton method="delete" path={`${PATHS.accountSessions}?except=this`}>
              End all others
            </ActButton>
          ) : null}
          <ActButton method="delete" path={PATHS.accountSessions}>
            End all
          </ActButton>
        </p>
      </section>
      <YourData {...props} />
    </>
  );
}

function YourData({ person, isRecent }: AccountPageProps) {
  return (
    <section class="card">
      <h2>Your data</h2>
      <p>
        <a href={PATHS.accountExport} download="">
          Download everything that is kept about you
        </a>{" "}
        (JSON).
      </p>
      {isRecent ? (
        <AskingButton
          id="delete_account"
          label="Delete my account"
          question="Delete your account for good?"
          act={{ method: "delete", path: PATHS.account }}
        >
          <p safe>
            {`Everything that is kept about ${person.name} is deleted, and every session ends. This cannot be undone.`}
          </p>
        </AskingButton>
      ) : (
        <p>
          To delete your account, first show that it is you:{" "}
          <a href={googlePath(pagePath(ACCOUNT))}>sign in once more on Google's page</a>.
        </p>
      )}
    </section>
  );
}
