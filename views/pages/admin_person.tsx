import { Html } from "@elysiajs/html";

import type { PersonSummary } from "../../db/contract/people_list.ts";
import { ADMIN_PEOPLE, AUDIT_LOG, PATHS } from "../../src/paths.ts";
import { ActButton } from "../act_button.tsx";
import { PageLink } from "../page_link.tsx";
import { Identity } from "../person.tsx";
import type { Words } from "../words/words.ts";
import { AdminTabs } from "./admin_tabs.tsx";
import { type EventRow, EventTable, TimeZone } from "./event_table.tsx";
import { PersonActs, PersonDeletion } from "./person_acts.tsx";
import { PersonBadges } from "./person_badges.tsx";
import { PersonFacts } from "./person_facts.tsx";
import { SessionList, type SessionRow } from "./sessions.tsx";
import { Setting } from "./setting.tsx";

export interface AdminPersonPageProps {
  person: PersonSummary & { isConfiguredAdmin: boolean; isSignUpOpen: boolean };
  sessions: SessionRow[];
  events: EventRow[];
  words: Words;
}

/** One person for administrators: who they are, acts in the order of their weight, devices, and events. */
export function AdminPersonPage({ person, sessions, events, words }: AdminPersonPageProps) {
  const { all, active, account, accountLead, devices, signOutAll } = words.person;
  return (
    <>
      <AdminTabs current={ADMIN_PEOPLE} words={words} />
      <p class="fine">
        <PageLink name={ADMIN_PEOPLE}>
          <span class="pointing" aria-hidden="true">
            ←
          </span>{" "}
          <span safe>{all}</span>
        </PageLink>
      </p>
      <div class="head">
        <Identity
          person={person}
          headline={
            <h1>
              <bdi safe>{person.name}</bdi>
            </h1>
          }
        />
        <p>
          {person.disabledAt === null && person.googleDisabledAt === null ? (
            <span class="badge good" safe>
              {active}
            </span>
          ) : null}
          <PersonBadges {...person} words={words} />
        </p>
      </div>
      <Setting id="facts" title={account} text={<span safe>{accountLead}</span>}>
        <PersonFacts {...person} words={words} />
        <PersonActs {...person} words={words} />
      </Setting>
      <Setting
        id="devices"
        title={devices}
        text={<span safe>{words.person.sessions(sessions.length)}</span>}
      >
        <SessionList sessions={sessions} words={words} />
        {sessions.length > 0 ? (
          <p>
            <ActButton method="delete" path={`${PATHS.people}/${person.id}/sessions`}>
              <span safe>{signOutAll}</span>
            </ActButton>
          </p>
        ) : null}
      </Setting>
      <Setting
        id="history"
        title={words.person.history}
        text={<HistoryText {...{ person, words }} />}
      >
        <EventTable
          words={words}
          events={events}
          isOfOnePerson={events.every(({ subjectId }) => subjectId === person.id)}
        />
      </Setting>
      <PersonDeletion {...person} words={words} />
    </>
  );
}

function HistoryText({ person, words }: Pick<AdminPersonPageProps, "person" | "words">) {
  return (
    <>
      <PageLink name={AUDIT_LOG} query={{ person: person.id }}>
        <span safe>{words.person.openLog}</span>
      </PageLink>
      <br />
      <TimeZone words={words} />
    </>
  );
}
