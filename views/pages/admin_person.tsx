import { Html } from "@elysiajs/html";

import type { PersonSummary } from "../../db/contract/people.ts";
import { ADMIN, PATHS } from "../../src/paths.ts";
import { ActButton, AskingButton } from "../act_button.tsx";
import { PageLink } from "../page_link.tsx";
import { Identity } from "../person.tsx";
import { Time } from "../time.tsx";
import { type EventRow, EventTable } from "./audit_log.tsx";
import { PersonBadges } from "./person_badges.tsx";
import { SessionList, type SessionRow } from "./sessions.tsx";

export interface AdminPersonPageProps {
  person: PersonSummary & { isConfiguredAdmin: boolean };
  sessions: SessionRow[];
  events: EventRow[];
}

/** The admin page of one person: who they are, acts, sessions, and events. */
export function AdminPersonPage({ person, sessions, events }: AdminPersonPageProps) {
  return (
    <>
      <section class="card">
        <p>
          <PageLink name={ADMIN}>Back to everybody</PageLink>
        </p>
        <Identity person={person} headline={<h1 safe>{person.name}</h1>}>
          <PersonBadges {...person} />
        </Identity>
        <dl class="facts">
          <dt>Here since</dt>
          <dd>
            <Time at={person.createdAt} />
          </dd>
          <dt>Last sign-in</dt>
          <dd>
            <Time at={person.signedInAt} />
          </dd>
          <dt>Workspace domain</dt>
          <dd safe>{person.hostedDomain ?? "none"}</dd>
          {person.googleDisabledAt === null ? null : (
            <>
              <dt>Disabled by Google</dt>
              <dd>
                <Time at={person.googleDisabledAt} />
                {person.googleDisabledReason ? (
                  <span safe>{`, ${person.googleDisabledReason}`}</span>
                ) : null}
              </dd>
            </>
          )}
        </dl>
        <Acts {...person} />
      </section>
      <section class="card">
        <h2>Signed in</h2>
        <SessionList sessions={sessions} />
        {sessions.length > 0 ? (
          <ActButton method="delete" path={`${PATHS.people}/${person.id}/sessions`}>
            End all sessions
          </ActButton>
        ) : null}
      </section>
      <section class="card">
        <h2>History</h2>
        <EventTable events={events} />
      </section>
    </>
  );
}

function Acts({
  id,
  name,
  disabledAt,
  adminSince,
  isConfiguredAdmin,
}: AdminPersonPageProps["person"]) {
  const path = `${PATHS.people}/${id}`;
  return (
    <>
      {isConfiguredAdmin ? (
        <p class="muted">
          Administrator by configuration: <code>ADMIN_EMAILS</code> names this address.
        </p>
      ) : null}
      <p class="buttons">
        {disabledAt === null ? (
          <ActButton method="put" path={`${path}/disabled`}>
            Disable
          </ActButton>
        ) : (
          <ActButton method="delete" path={`${path}/disabled`}>
            Enable
          </ActButton>
        )}
        {adminSince !== null ? (
          <ActButton method="delete" path={`${path}/administrator`}>
            Unmake administrator
          </ActButton>
        ) : isConfiguredAdmin ? null : (
          <ActButton method="put" path={`${path}/administrator`}>
            Make administrator
          </ActButton>
        )}
        <AskingButton
          id="delete_person"
          label="Delete"
          question="Delete this account for good?"
          act={{ method: "delete", path }}
        >
          <p safe>{`Everything that is kept about ${name} is deleted. This cannot be undone.`}</p>
        </AskingButton>
      </p>
    </>
  );
}
