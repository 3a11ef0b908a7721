import { Html } from "@elysiajs/html";

import { ADMIN_PEOPLE } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import type { Words } from "../words/words.ts";

export interface PagerProps {
  /** The number of this page, from 1. */
  page: number;
  pageLength: number;
  count: number;
  /** What the page shows, as in "1–50 of 330". */
  text: string;
  /** The query of every page. */
  query: Record<string, string>;
  words: Words;
}

/** Links to the previous and the next page of the list of people. */
export function Pager({ page, pageLength, count, text, query, words }: PagerProps) {
  const { pages, previous, next } = words.people;
  if (count <= pageLength) return null;
  const linkTo = (number: number) => ({
    ...query,
    ...(number === 1 ? {} : { page: String(number) }),
  });
  return (
    <nav class="head" aria-label={pages}>
      <p class="muted" safe>
        {text}
      </p>
      <p>
        <PagerLink label={previous} query={page > 1 ? linkTo(page - 1) : null} />{" "}
        <PagerLink label={next} query={page * pageLength < count ? linkTo(page + 1) : null} />
      </p>
    </nav>
  );
}

interface PagerLinkProps {
  label: string;
  query: Record<string, string> | null;
}

function PagerLink({ label, query }: PagerLinkProps) {
  if (query) {
    return (
      <PageLink name={ADMIN_PEOPLE} query={query} class="button">
        <span safe>{label}</span>
      </PageLink>
    );
  }
  return (
    <span class="button" aria-disabled="true" safe>
      {label}
    </span>
  );
}
