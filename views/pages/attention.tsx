import { Html } from "@elysiajs/html";

import { ADMIN_PEOPLE, AUDIT_LOG } from "../../src/paths.ts";
import { Icon } from "../icon.tsx";
import { PageLink } from "../page_link.tsx";
import type { Words } from "../words/words.ts";
import { busiestOf, type Day, nameDay } from "./day_words.ts";
import { describeBlocked } from "./event_words.ts";

/** So many blocked sign-ins in a day are worth a look. */
const MANY = 10;

export interface AttentionProps {
  days: Day[];
  /** The most frequent code of the blocked sign-ins of each day. */
  mainCodes: ReadonlyMap<string, string>;
  disabledByGoogle: number;
  words: Words;
}

/** What administrators should look at; nothing if there is nothing. */
export function Attention(props: AttentionProps) {
  const { days, disabledByGoogle, words } = props;
  const worst = busiestOf(days, ({ refusals }) => refusals);
  if (worst.refusals < MANY && disabledByGoogle === 0) return null;
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention" safe>
        {words.overview.attention}
      </h2>
      <ul class="rows">
        {worst.refusals >= MANY ? <BlockedDay {...props} worst={worst} /> : null}
        {disabledByGoogle > 0 ? <DisabledByGoogle count={disabledByGoogle} words={words} /> : null}
      </ul>
    </section>
  );
}

function BlockedDay({ worst, mainCodes, words }: AttentionProps & { worst: Day }) {
  const { blockedOn, mostly, openLog } = words.overview;
  const reason = describeBlocked(mainCodes.get(worst.day) ?? "", words);
  return (
    <li>
      <Icon name="shield" size={1.5} />
      <div>
        <b safe>{blockedOn(worst.refusals, nameDay(worst, words))}</b>
        {reason ? (
          <p class="muted fine" safe>
            {mostly(reason)}
          </p>
        ) : null}
      </div>
      <PageLink
        name={AUDIT_LOG}
        query={{ kind: "policy_refusal", since: worst.day, until: worst.day }}
        class="button small"
      >
        <span safe>{openLog}</span>
      </PageLink>
    </li>
  );
}

function DisabledByGoogle({ count, words }: { count: number; words: Words }) {
  const { disabledByGoogle, googleThinks, showPeople } = words.overview;
  return (
    <li>
      <Icon name="account" size={1.5} />
      <div>
        <b safe>{disabledByGoogle(count)}</b>
        <p class="muted fine" safe>
          {googleThinks}
        </p>
      </div>
      <PageLink name={ADMIN_PEOPLE} query={{ filter: "disabled" }} class="button small">
        <span safe>{showPeople}</span>
      </PageLink>
    </li>
  );
}
