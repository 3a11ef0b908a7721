import { Html, type PropsWithChildren } from "@elysiajs/html";

import { PATHS } from "../../src/paths.ts";
import { ActButton } from "../act_button.tsx";
import { Identity, type Person } from "../person.tsx";
import { Time } from "../time.tsx";
import { AccountData } from "./account_data.tsx";
import { Activity, type ActivityRow } from "./activity.tsx";
import { SessionList, type SessionRow } from "./sessions.tsx";

export interface AccountPageProps {
  person: Person & { createdAt: number; isAdmin: boolean };
  /** The sign-in method of this session, or "". */
  method: string;
  sessions: SessionRow[];
  events: ActivityRow[];
  /** Whether the sign-in is recent enough to delete the account. */
  isRecent: boolean;
}

/** A person's own account: who they are, their devices, what happened, and their data. */
export function AccountPage({ person, method, sessions, events, isRecent }: AccountPageProps) {
  return (
    <>
      <h1>Your account</h1>
      <p class="lead">Who you are here, where you are signed in, and what we keep.</p>
      <Setting id="profile" title="Profile" text={<ProfileText />}>
        <Profile person={person} method={method} />
      </Setting>
      <Setting
        id="devices"
        title="Your devices"
        text="Places where you are signed in. Don’t know one? Sign it out."
      >
        <SessionList sessions={sessions} endPath={PATHS.accountSessions} />
        <p class="line">
          {sessions.length > 1 ? (
            <ActButton method="delete" path={`${PATHS.accountSessions}?except=this`}>
              Sign out other devices
            </ActButton>
          ) : null}
          <ActButton method="delete" path={PATHS.accountSessions} class="button plain">
            Sign out everywhere
          </ActButton>
        </p>
      </Setting>
      <Setting
        id="activity"
        title="Recent security activity"
        text="The last 30 days. Only you and the admins can see it."
      >
        <Activity events={events} />
      </Setting>
      <Setting
        id="data"
        title="Your data"
        text="It is yours: take it with you, or have it deleted."
      >
        <AccountData email={person.email} devices={sessions.length} isRecent={isRecent} />
      </Setting>
    </>
  );
}

/** Explanation on one side, what can be done on the other. */
function Setting({
  id,
  title,
  text,
  children,
}: PropsWithChildren<{ id: string; title: string; text: JSX.Element }>) {
  return (
    <section class="setting" aria-labelledby={id}>
      <div>
        <h2 id={id} tabindex="-1" safe>
          {title}
        </h2>
        <p class="muted fine">{text as "safe"}</p>
      </div>
      <div class="card">{children as "safe"}</div>
    </section>
  );
}

function ProfileText() {
  return (
    <>
      Name, email and picture come from Google. Change them in your{" "}
      <a href="https://myaccount.google.com/personal-info">Google account</a>.
    </>
  );
}

function Profile({ person, method }: Pick<AccountPageProps, "person" | "method">) {
  const headline = (
    <>
      <b>
        <bdi safe>{person.name}</bdi>
      </b>
      {person.isAdmin ? <span class="badge">Admin</span> : null}
    </>
  );
  return (
    <>
      <Identity person={person} headline={headline} />
      <dl class="facts">
        <dt>Joined</dt>
        <dd>
          <Time at={person.createdAt} as="day" />
        </dd>
        {method ? (
          <>
            <dt>Signed in with</dt>
            <dd safe>{method}</dd>
          </>
        ) : null}
      </dl>
    </>
  );
}
