import { Html } from "@elysiajs/html";

import type { PersonSummary } from "../../db/contract/people_list.ts";
import { Time } from "../time.tsx";

/** What is known of a person's account. A row without content is left out. */
export function PersonFacts(person: PersonSummary & { isConfiguredAdmin: boolean }) {
  const { createdAt, signedInAt, hostedDomain, disabledAt, googleDisabledAt } = person;
  const { adminSince, isConfiguredAdmin, googleDisabledReason } = person;
  return (
    <dl class="facts">
      <dt>Joined</dt>
      <dd>
        <Time at={createdAt} />
      </dd>
      <dt>Last sign-in</dt>
      <dd>
        <Time at={signedInAt} />
      </dd>
      {hostedDomain === null ? null : (
        <>
          <dt>Organization</dt>
          <dd safe>{hostedDomain}</dd>
        </>
      )}
      {isConfiguredAdmin || adminSince !== null ? <dt>Role</dt> : null}
      {isConfiguredAdmin ? (
        <dd>
          Admin by <code>ADMIN_EMAILS</code>. Can’t be changed here.
        </dd>
      ) : null}
      {adminSince === null ? null : (
        <dd>
          Admin since <Time at={adminSince} />
        </dd>
      )}
      {disabledAt === null ? null : (
        <>
          <dt>Disabled</dt>
          <dd>
            <Time at={disabledAt} />
          </dd>
        </>
      )}
      {googleDisabledAt === null ? null : (
        <>
          <dt>Disabled by Google</dt>
          <dd>
            <Time at={googleDisabledAt} />
            {googleDisabledReason ? <span safe>{`, ${googleDisabledReason}`}</span> : null}
          </dd>
        </>
      )}
    </dl>
  );
}
