import { Html } from "@elysiajs/html";

import { AUDIT_LOG, pagePath } from "../../src/paths.ts";
import { attributeText } from "../attribute_text.ts";
import { PageLink } from "../page_link.tsx";
import type { Words } from "../words/words.ts";

/** The filter, as in the address; "" selects everything. */
export interface EventFilter {
  kind: string;
  /** The id of a person, or a part of a name or address. */
  person: string;
  /** Days such as 2026-11-25, in the time zone `zone`; for "" in UTC. */
  since: string;
  until: string;
  zone: string;
}

export interface FilterFormProps {
  filter: EventFilter;
  /** What the field for the person shows. */
  personText: string;
  /** A sentence about the filter stands below the form, or `null`. */
  note: string | null;
  isFiltered: boolean;
  words: Words;
}

/** Filters that stay in the address, so that they can be passed on. */
export function FilterForm({ filter, personText, note, isFiltered, words }: FilterFormProps) {
  const { auditLog } = words;
  const described = note === null ? undefined : "filter_note";
  return (
    <form class="line" action={pagePath(AUDIT_LOG)}>
      <label>
        <span safe>{auditLog.event}</span>{" "}
        <select id="record_kind" name="kind">
          <option value="" safe>
            {auditLog.allEvents}
          </option>
          {Object.entries(words.events.kinds).map(([kind, title]) => (
            <option value={kind} selected={kind === filter.kind} safe>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span safe>{auditLog.person}</span>{" "}
        <input
          id="record_person"
          name="person"
          value={attributeText(personText)}
          placeholder={auditLog.nameOrEmail}
          size="16"
          maxlength="100"
          autocomplete="off"
        />
      </label>
      {(["since", "until"] as const).map((name) => (
        <label>
          <span safe>{auditLog[name]}</span>{" "}
          <input
            id={`record_${name}`}
            type="date"
            name={name}
            value={attributeText(filter[name])}
            aria-describedby={described}
          />
        </label>
      ))}
      {/* The dates are days of the person who picks them. Our script knows their zone. */}
      <input type="hidden" name="zone" value={attributeText(filter.zone)} data-time_zone />
      <button type="submit" class="button main" safe>
        {auditLog.apply}
      </button>
      {isFiltered ? (
        <PageLink name={AUDIT_LOG} class="button plain">
          <span safe>{auditLog.clear}</span>
        </PageLink>
      ) : null}
    </form>
  );
}
