import { Html } from "@elysiajs/html";

import type { PersonSummary } from "../../db/contract/people_list.ts";
import { ADMIN_PEOPLE, AUDIT_LOG, PATHS } from "../../src/paths.ts";
import { ActButton } from "../act_button.tsx";
import { PageLink } from "../page_link.tsx";
import { Identity } from "../person.tsx";
import { AdminTabs } from "./admin_tabs.tsx";
import { type EventRow, EventTable } from "./event_table.tsx";
import { PersonActs, PersonDeletion } from "./person_acts.tsx";
import { PersonBadges } from "./person_badges.tsx";
import { PersonFacts } from "./person_facts.tsx";
import { SessionList, type SessionRow } from "./sessions.tsx";

export interface AdminPersonPageProps {
  person: PersonSummary & { isConfiguredAdmin: boolean };
  sessions: SessionRow[];
  events: EventRow[];
}

/** One person for administrators: who they are, acts in the order of their weight, devices, and events. */
export function AdminPersonPage({ person, sessions, events }: AdminPersonPageProps) {
  return (
    <>
      <AdminTabs current={ADMIN_PEOPLE} />
      <p class="fine">
        <PageLink name={ADMIN_PEOPLE}>← All people</PageLink>
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
            <span class="badge good">Active</span>
          ) : null}
          <PersonBadges {...person} />
        </p>
      </div>
      <section class="setting" aria-labelledby="facts">
        <div>
          <h2 id="facts">Account</h2>
          <p class="muted fine">What this person may do here.</p>
        </div>
        <div class="card">
          <PersonFacts {...person} />
          <PersonActs {...person} />
        </div>
      </section>
      <section class="setting" aria-labelledby="devices">
        <div>
          <h2 id="devices" tabindex="-1">
            Devices
          </h2>
          <p class="muted fine" safe>
            {sessions.length === 1 ? "1 active session" : `${sessions.length} active sessions`}
          </p>
        </div>
        <div class="card">
          {sessions.length > 0 ? <SessionList sessions={sessions} /> : <p>No active devices</p>}
          {sessions.length > 0 ? (
            <p>
              <ActButton method="delete" path={`${PATHS.people}/${person.id}/sessions`}>
                Sign out all devices
              </ActButton>
            </p>
          ) : null}
        </div>
      </section>
      <section class="setting" aria-labelledby="history">
        <div>
          <h2 id="history">History</h2>
          <p class="muted fine">
            <PageLink name={AUDIT_LOG} query={{ person: person.id }}>
              Open in audit log
            </PageLink>
          </p>
        </div>
        <div class="card">
          <EventTable
            events={events}
            isOfOnePerson={events.every(({ subjectId }) => subjectId === person.id)}
          />
        </div>
      </section>
      <PersonDeletion {...person} />
    </>
  );
}
