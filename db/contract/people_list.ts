/** A person as the admin page lists them. */
export interface PersonSummary {
  id: string;
  name: string;
  email: string;
  picture: string | null;
  hostedDomain: string | null;
  createdAt: number;
  signedInAt: number;
  disabledAt: number | null;
  googleDisabledAt: number | null;
  googleDisabledReason: string | null;
  adminSince: number | null;
}

/** The orders of the list of people: by default names and addresses ascend, and times descend. */
export const PEOPLE_ORDERS = ["name", "email", "signed_in", "created"] as const;

export type PeopleOrder = (typeof PEOPLE_ORDERS)[number];

/** The filters of the list of people. */
export const PEOPLE_FILTERS = ["all", "active", "admins", "disabled"] as const;

export type PeopleFilter = (typeof PEOPLE_FILTERS)[number];

/** Up to this many people are taken, sorted and counted for a search, and for the list of administrators. */
export const MAX_FOUND = 1000;

/** Selects one page of people. */
export interface PeopleQuery {
  /** A part of the name or address, without regard to case and accents; "" for everybody. */
  search: string;
  filter: PeopleFilter;
  order: PeopleOrder;
  isReversed: boolean;
  /** How many people come before the page. If there are not as many, the last page is meant. */
  skip: number;
  limit: number;
  /** Addresses of configured administrators, in ASCII lower case. */
  configuredAdmins: ReadonlySet<string>;
}

/** Selects the next people in the order of their accounts' creation, behind a time and an id. */
export interface PeopleAfterQuery {
  createdAt: number;
  id: string;
  limit: number;
}

/** One page of people, and how many there are. */
export interface PeopleList {
  people: PersonSummary[];
  /** How many people come before these. */
  skipped: number;
  count: number;
  /** Whether there are more than {@linkcode MAX_FOUND} matches. */
  isCut: boolean;
  /** How many people each filter shows; `null` with a search. */
  counts: Record<PeopleFilter, number> | null;
}
