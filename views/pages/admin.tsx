import { Html } from "@elysiajs/html";

import type { Counters } from "../../db/contract/people.ts";
import { AUDIT_LOG } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { type Day, DayChart } from "./day_chart.tsx";
import { Invitations, type InvitationsProps } from "./invitations.tsx";
import { People, type PeopleProps } from "./people.tsx";

export interface AdminPageProps extends PeopleProps, InvitationsProps {
  counters: Pick<Counters, "people" | "sessions">;
  days: Day[];
}

/** The admin page: counters, people, and invitations. */
export function AdminPage(props: AdminPageProps) {
  const { counters, days } = props;
  return (
    <>
      <section class="card">
        <h1>Admin</h1>
        <dl class="counters">
          <div>
            <dt>People</dt>
            <dd>{counters.people}</dd>
          </div>
          <div>
            <dt>Active sessions</dt>
            <dd>{counters.sessions}</dd>
          </div>
        </dl>
        <DayChart days={days} />
        <p>
          <PageLink name={AUDIT_LOG}>Audit log</PageLink>
        </p>
      </section>
      <People {...props} />
      <Invitations {...props} />
    </>
  );
}
