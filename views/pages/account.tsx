import { Html } from "@elysiajs/html";

import { PATHS } from "../../src/paths.ts";
import { ActButton } from "../act_button.tsx";
import { Icon } from "../icon.tsx";
import { Identity, type Person } from "../person.tsx";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";
import { AccountData } from "./account_data.tsx";
import { Activity, type ActivityRow } from "./activity.tsx";
import type { SiteLink } from "./front.tsx";
import { SessionList, type SessionRow } from "./sessions.tsx";
import { Setting } from "./setting.tsx";

export interface AccountPageProps {
  words: Words;
  person: Person & { createdAt: number; isAdmin: boolean };
  /** The sign-in method of this session, or "". */
  method: string;
  /** The protected applications that the person may open. */
  sites: SiteLink[];
  sessions: SessionRow[];
  events: ActivityRow[];
  /** Whether the sign-in is recent enough to delete the account. */
  isRecent: boolean;
  /** After how many days without a sign-in the account is deleted; `null`: never. */
  keptDays: number | null;
}

/** A person's own account: who they are, their devices, what happened, and their data. */
export function AccountPage(props: AccountPageProps) {
  const { words, person, sites, sessions, events, isRecent } = props;
  const { account } = words;
  return (
    <>
      <h1 safe>{account.title}</h1>
      <p class="lead" safe>
        {account.lead}
      </p>
      <Setting id="profile" title={account.profile} text={<ProfileText words={words} />}>
        <Profile {...props} />
      </Setting>
      {sites.length > 0 ? <Applications words={words} sites={sites} /> : null}
      <Setting id="devices" title={account.devices} text={<span safe>{account.devicesText}</span>}>
        <SessionList words={words} sessions={sessions} endPath={PATHS.accountSessions} />
        <p class="line">
          {sessions.length > 1 ? (
            <ActButton method="delete" path={`${PATHS.accountSessions}?except=this`}>
              <span safe>{account.signOutOthers}</span>
            </ActButton>
          ) : null}
          <ActButton method="delete" path={PATHS.accountSessions} class="button plain">
            <span safe>{account.signOutEverywhere}</span>
          </ActButton>
        </p>
      </Setting>
      <Setting
        id="activity"
        title={account.activity}
        text={<span safe>{account.activityText}</span>}
      >
        <Activity words={words} events={events} />
      </Setting>
      <Setting id="data" title={account.data} text={<DataText {...props} />}>
        <AccountData
          words={words}
          email={person.email}
          devices={sessions.length}
          isRecent={isRecent}
        />
      </Setting>
    </>
  );
}

function Applications({ words: { account }, sites }: Pick<AccountPageProps, "words" | "sites">) {
  return (
    <Setting
      id="applications"
      title={account.applications}
      text={<span safe>{account.applicationsText}</span>}
    >
      <ul class="rows">
        {sites.map(({ name, origin }) => (
          <li>
            <Icon name="open" size={1.5} />
            <div>
              <b>
                <a href={origin} safe>
                  {name}
                </a>
              </b>
              <p class="muted fine" safe>
                {new URL(origin).host}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Setting>
  );
}

function DataText({ words: { account }, keptDays }: AccountPageProps) {
  const kept = keptDays === null ? "" : ` ${account.keptFor(keptDays)}`;
  return <span safe>{account.dataText + kept}</span>;
}

function ProfileText({ words: { account } }: Pick<AccountPageProps, "words">) {
  const link = (
    <a href="https://myaccount.google.com/personal-info" safe>
      {account.googleAccount}
    </a>
  );
  return <>{account.profileText(link) as "safe"}</>;
}

function Profile({ words, person, method }: AccountPageProps) {
  const { account } = words;
  const headline = (
    <>
      <b>
        <bdi safe>{person.name}</bdi>
      </b>
      {person.isAdmin ? (
        <span class="badge" safe>
          {account.admin}
        </span>
      ) : null}
    </>
  );
  return (
    <>
      <Identity person={person} headline={headline} />
      <dl class="facts">
        <dt safe>{account.joined}</dt>
        <dd>
          <Time words={words} at={person.createdAt} as="day" />
        </dd>
        {method ? (
          <>
            <dt safe>{account.signedInWith}</dt>
            <dd safe>{method}</dd>
          </>
        ) : null}
      </dl>
    </>
  );
}
