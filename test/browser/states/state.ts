import type { Page } from "puppeteer-core";

import type { StandInPerson } from "../../../src/google_stand_in/people.ts";
import type { OwnServer } from "../own_server.ts";

/** A state that the interface can be in, and how a browser gets there. */
export interface State {
  /** Also the name of its files. */
  name: string;
  path: string;
  /** Who is signed in; nobody, unless it says so. */
  person?: StandInPerson;
  /** Which language its browser asks for, instead of English. */
  language?: string;
  /** What happens before the page is opened. */
  arrange?: (at: Place) => Promise<unknown>;
  /** What happens when it is there. */
  reach?: (at: Place) => Promise<unknown>;
  /** What is seen then, by role or id. */
  shows: string;
  /** Whether the page has no navigation bar that loads itself. */
  isBare?: boolean;
  /** Whether our own links stay, as Google's script does not come. */
  isWithoutGoogle?: boolean;
}

/** Where a state is drawn. */
export interface Place {
  page: Page;
  server: OwnServer;
}

/** What of the window and its user makes a difference. */
export interface Look {
  width: number;
  height: number;
  scheme: "light" | "dark";
}

/** The two sizes of a window in which every state is drawn, in pixels. */
export const WIDE = { width: 1280, height: 800 };
export const SMALL = { width: 360, height: 740 };

/** What Chromium and Google's script write to the console in states that are failures. */
export const EXPECTED = [
  /^error: .*Failed to (load resource|fetch)/,
  /Failed to open popup window/,
];
