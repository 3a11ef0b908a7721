import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { ADA, EDSGER, GRACE, KATHERINE, MALLORY } from "../fixture.ts";
import { Jar } from "./jar.ts";

/** An open page: the session it was drawn for, or the nonce to sign in with; and the state, if it went to Google. */
export interface Tab {
  session: string | null;
  nonce: string | null;
  state: string | null;
}

/** A browser: cookies, tabs, and the people who use it. */
export interface Browser {
  name: string;
  jar: Jar;
  tabs: Tab[];
  accounts: readonly StandInPerson[];
}

/** Five browsers; the last one stands in a library. */
export function createBrowsers(): Browser[] {
  return [
    createBrowser("Ada's laptop", [ADA]),
    createBrowser("Ada's phone", [ADA]),
    createBrowser("Grace's laptop", [GRACE]),
    createBrowser("Katherine's phone", [KATHERINE]),
    createBrowser("the library's computer", [ADA, GRACE, EDSGER, MALLORY]),
  ];
}

function createBrowser(name: string, accounts: readonly StandInPerson[]): Browser {
  return { name, jar: new Jar(), tabs: [createTab(), createTab()], accounts };
}

/** A browser of a thief, with the cookies and pages of another. */
export function steal({ name, jar, tabs, accounts }: Browser): Browser {
  const copies = tabs.map((tab) => ({ ...tab }));
  return { name: `a copy of ${name}`, jar: jar.copy(), tabs: copies, accounts };
}

function createTab(): Tab {
  return { session: null, nonce: null, state: null };
}
