import { Html } from "@elysiajs/html";

import { AUDIT_LOG, pagePath } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { EVENT_WORDS } from "./event_words.ts";

/** The filter, as in the address; "" selects everything. */
export interface EventFilter {
  kind: string;
  /** The id of a person, or a part of a name or address. */
  person: string;
  since: string;
  until: string;
}

export interface FilterFormProps {
  filter: EventFilter;
  /** What the field for the person shows. */
  personText: string;
  /** A sentence about the filter stands below the form, or `null`. */
  note: string | null;
  isFiltered: boolean;
}

/** Filters that stay in the address, so that they can be passed on. */
export function FilterForm({ filter, personText, note, isFiltered }: FilterFormProps) {
  const described = note === null ? undefined : "filter_note";
  return (
    <form class="line" action={pagePath(AUDIT_LOG)}>
      <label>
        Event{" "}
        <select id="record_kind" name="kind">
          <option value="">All events</option>
          {Object.entries(EVENT_WORDS).map(([kind, words]) => (
            <option value={kind} selected={kind === filter.kind} safe>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        Person{" "}
        <input
          id="record_person"
          name="person"
          value={personText}
          placeholder="Name or email"
          size="16"
          maxlength="100"
          autocomplete="off"
        />
      </label>
      <label>
        From date{" "}
        <input
          id="record_since"
          type="date"
          name="since"
          value={filter.since}
          aria-describedby={described}
        />
      </label>
      <label>
        To date{" "}
        <input
          id="record_until"
          type="date"
          name="until"
          value={filter.until}
          aria-describedby={described}
        />
      </label>
      <button type="submit" class="button main">
        Apply
      </button>
      {isFiltered ? (
        <PageLink name={AUDIT_LOG} class="button plain">
          Clear filters
        </PageLink>
      ) : null}
    </form>
  );
}
