import { Html } from "@elysiajs/html";

import type { PersonSummary } from "../../db/contract/people_list.ts";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";

export type PersonFactsProps = PersonSummary & { isConfiguredAdmin: boolean; words: Words };

/** What is known of a person's account. A row without content is left out. */
export function PersonFacts({ words, ...person }: PersonFactsProps) {
  const { joined, lastSignIn, organization, role, disabled, disabledByGoogle } = words.person;
  const { createdAt, signedInAt, hostedDomain, disabledAt, googleDisabledAt } = person;
  const { adminSince, isConfiguredAdmin, googleDisabledReason } = person;
  return (
    <dl class="facts">
      <dt safe>{joined}</dt>
      <dd>
        <Time at={createdAt} as="day" words={words} />
      </dd>
      <dt safe>{lastSignIn}</dt>
      <dd>
        <Time at={signedInAt} words={words} />
      </dd>
      {hostedDomain === null ? null : (
        <>
          <dt safe>{organization}</dt>
          <dd safe>{hostedDomain}</dd>
        </>
      )}
      {isConfiguredAdmin || adminSince !== null ? <dt safe>{role}</dt> : null}
      {isConfiguredAdmin ? (
        <dd>{words.person.configuredAdmin(<code>ADMIN_EMAILS</code>) as "safe"}</dd>
      ) : null}
      {adminSince === null ? null : (
        <dd>{words.person.adminSince(<Time at={adminSince} words={words} />) as "safe"}</dd>
      )}
      {disabledAt === null ? null : (
        <>
          <dt safe>{disabled}</dt>
          <dd>
            <Time at={disabledAt} words={words} />
          </dd>
        </>
      )}
      {googleDisabledAt === null ? null : (
        <>
          <dt safe>{disabledByGoogle}</dt>
          <dd>
            <Time at={googleDisabledAt} words={words} />
            {googleDisabledReason ? <span safe>{`, ${googleDisabledReason}`}</span> : null}
          </dd>
        </>
      )}
    </dl>
  );
}
