import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { ADA, EDSGER, GRACE, KATHERINE, MALLORY } from "../fixture.ts";
import { createDevice, type Device } from "./device.ts";
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
  /** `null` in a browser that binds nothing. */
  device: Device | null;
}

/** Five browsers; the last one stands in a library. Computers bind sessions, phones do not. */
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
  const device = name.endsWith("phone") ? null : createDevice(name);
  return { name, jar: new Jar(), tabs: [createTab(), createTab()], accounts, device };
}

/** A browser of a thief, with the cookies and pages of another, and with what it knows of its device: all but the key. */
export function steal({ name, jar, tabs, accounts, device }: Browser): Browser {
  const copies = tabs.map((tab) => ({ ...tab }));
  const own = createDevice(`a copy of ${name}`);
  const copy = device && { ...device, key: own.key, offer: null };
  return { name: `a copy of ${name}`, jar: jar.copy(), tabs: copies, accounts, device: copy };
}

function createTab(): Tab {
  return { session: null, nonce: null, state: null };
}
