import type { Role } from "./scene.ts";

/** What is shown of a person. */
export interface Shown {
  name: string;
  firstName: string;
  email: string;
  search: string;
  invited: string;
}

/** Where a person's data is shown: who looks, and at what; what must stand there. */
export interface Place {
  path: string;
  who: Role | "oneself";
  holds: readonly (keyof Shown)[];
  /** What an attribute must hold, too. */
  names?: keyof Shown;
  method?: string;
  isDisabled?: boolean;
}

const BOTH = ["name", "email"] as const;

/** Every view that shows a person. `ID` stands for the person, `SEARCH` for what is searched, `LAST` for rows to skip. */
export const PLACES: Record<string, Place> = {
  navbar: { path: "/auth/auth_navbar", who: "oneself", holds: BOTH },
  disabled_navbar: { path: "/auth/auth_navbar", who: "oneself", holds: BOTH, isDisabled: true },
  greeting: { path: "/htmx/content.top", who: "oneself", holds: ["firstName"] },
  account: { path: "/htmx/account", who: "oneself", holds: BOTH },
  plain_account: { path: "/plain/account", who: "oneself", holds: BOTH },
  disabled: { path: "/htmx/account", who: "oneself", holds: ["email"], isDisabled: true },
  signed_out: { path: "/auth/logout", who: "oneself", holds: ["firstName"], method: "POST" },
  members: { path: "/htmx/content.secret1", who: "oneself", holds: [] },
  people: { path: "/htmx/admin.people", who: "admin", holds: BOTH },
  person: { path: "/htmx/admin.people?person=ID", who: "admin", holds: BOTH },
  plain_person: { path: "/plain/admin.people?person=ID", who: "admin", holds: BOTH },
  found: {
    path: "/htmx/admin.people?q=SEARCH",
    who: "admin",
    holds: ["search"],
    names: "search",
  },
  events: { path: "/htmx/record?person=ID", who: "admin", holds: ["name"] },
  events_found: {
    path: "/htmx/record?person=SEARCH",
    who: "admin",
    holds: ["search"],
    names: "search",
  },
  overview: { path: "/htmx/admin", who: "admin", holds: [] },
  invitations: {
    path: "/htmx/admin.invitations",
    who: "admin",
    holds: ["invited"],
    names: "invited",
  },
  // A sign-in is refused, because the account is disabled: the page names the address.
  refused: {
    path: "/auth/callback",
    who: "oneself",
    holds: ["email"],
    method: "POST",
    isDisabled: true,
  },
  // The last row of the demonstration, where it is.
  customers: {
    path: "/htmx/content.list.tbody?limit=1&skip=LAST",
    who: "nobody",
    holds: BOTH,
  },
};
