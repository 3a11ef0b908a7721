import { createFormats } from "./formats.ts";

const formats = createFormats("en-GB");

/**
 * All words of the interface, in English. A function takes what a sentence has in it. A parameter of the type
 * {@linkcode Markup} is HTML of ours, and so is then the sentence; everything else is text, which views escape.
 */
export const EN = {
  lang: "en",
  formats,

  /** What stands around every page. */
  shell: {
    skip: "Skip to content",
    main: "Main",
    menu: "Menu",
    opensBySignIn: "(sign in to open)",
    privacy: "Privacy",
    terms: "Terms",
    contact: "Contact",
    withoutScript: "Use this page without JavaScript",
    signIn: "Sign in",
    signOut: "Sign out",
    tryAgain: "Try again",
  },

  /** The account menu in the navigation bar. */
  menu: {
    owner: "Your account:",
    account: "Your account",
    admin: "Admin",
    switch: "Switch account",
    isDisabled: "This account is disabled",
  },

  /** What the browser itself says. */
  messages: {
    unreachable: "The server cannot be reached.",
    offline: "You are offline. What you see may be out of date.",
    undo: "Undo",
    close: "Close message",
  },

  /** The warning before idling ends a session. */
  idle: {
    warning: (clock: Markup): Markup => `You will be signed out in ${clock}`,
    reminder: (timeLeft: string) => `You will be signed out in ${timeLeft}`,
    inactive: (time: string) => `You have not been active for ${time}.`,
    stay: "Stay signed in",
  },

  /** The front page. An operator's own headline and lead take the place of the first two. */
  front: {
    title: "Home",
    headline: "Your team’s pages, in one place",
    lead: "Customers, documents and news for everyone who works with us. Sign in to see what is yours.",
  },
};

/** The words of one language. */
export type Words = typeof EN;

/** HTML of ours inside a sentence, such as a link. */
export type Markup = JSX.Element;
