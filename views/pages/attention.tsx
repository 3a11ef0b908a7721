import { Html } from "@elysiajs/html";

import { ADMIN_PEOPLE, AUDIT_LOG } from "../../src/paths.ts";
import { Icon } from "../icon.tsx";
import { formatNumber } from "../number.ts";
import { PageLink } from "../page_link.tsx";
import { busiestOf, type Day, nameDay } from "./day_words.ts";
import { BLOCKED } from "./event_words.ts";

/** So many blocked sign-ins in a day are worth a look. */
const MANY = 10;

export interface AttentionProps {
  days: Day[];
  /** The most frequent code of the blocked sign-ins of each day. */
  mainCodes: ReadonlyMap<string, string>;
  disabledByGoogle: number;
}

/** What administrators should look at; nothing if there is nothing. */
export function Attention(props: AttentionProps) {
  const { days, disabledByGoogle } = props;
  const worst = busiestOf(days, ({ refusals }) => refusals);
  if (worst.refusals < MANY && disabledByGoogle === 0) return null;
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">Needs attention</h2>
      <ul class="rows">
        {worst.refusals >= MANY ? <BlockedDay {...props} worst={worst} /> : null}
        {disabledByGoogle > 0 ? <DisabledByGoogle count={disabledByGoogle} /> : null}
      </ul>
    </section>
  );
}

function BlockedDay({ worst, mainCodes }: AttentionProps & { worst: Day }) {
  const reason = BLOCKED.get(mainCodes.get(worst.day) ?? "");
  return (
    <li>
      <Icon name="shield" size={1.5} />
      <div>
        <b safe>{`${formatNumber(worst.refusals)} blocked sign-ins on ${nameDay(worst)}`}</b>
        {reason ? <p class="muted fine" safe>{`Most: ${reason.toLowerCase()}`}</p> : null}
      </div>
      <PageLink
        name={AUDIT_LOG}
        query={{ kind: "policy_refusal", since: worst.day, until: worst.day }}
        class="button small"
      >
        Open audit log
      </PageLink>
    </li>
  );
}

function DisabledByGoogle({ count }: { count: number }) {
  const accounts = count === 1 ? "1 account" : `${formatNumber(count)} accounts`;
  return (
    <li>
      <Icon name="account" size={1.5} />
      <div>
        <b safe>{`${accounts} disabled by Google`}</b>
        <p class="muted fine">Google thinks that someone else used them</p>
      </div>
      <PageLink name={ADMIN_PEOPLE} query={{ filter: "disabled" }} class="button small">
        Show people
      </PageLink>
    </li>
  );
}
