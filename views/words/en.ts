import { EN_ADMIN } from "./en_admin.ts";
import { EN_INVITATIONS } from "./en_invitations.ts";
import { EN_EVENTS, EN_PERSON } from "./en_person.ts";
import { EN_REFUSALS } from "./en_refusals.ts";
import { EN_SIGN_IN } from "./en_sign_in.ts";
import { createFormats } from "./formats.ts";
import type { Markup } from "./markup.ts";

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
    needsSource: "Signing in needs a browser that says where its requests come from.",
    signIn: "Sign in",
    signOut: "Sign out",
    tryAgain: "Try again",
    cancel: "Cancel",
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
    unreachable: (app: string) => `We can’t reach ${app}. Check your connection.`,
    offline: "You are offline. What you see may be out of date.",
    undo: "Undo",
    /** Our script puts the name in. */
    signedInAs: (name: string) => `Signed in as ${name}`,
    signingIn: "Signing you in…",
    close: "Close message",
  },

  /** The warning before idling ends a session. */
  idle: {
    warning: (clock: Markup): Markup => `You will be signed out in ${clock}`,
    reminder: (timeLeft: string) => `You will be signed out in ${timeLeft}`,
    inactive: (time: string) => `You have not been active for ${time}.`,
    stay: "Stay signed in",
  },

  ...EN_ADMIN,
  invitations: EN_INVITATIONS,
  person: EN_PERSON,
  events: EN_EVENTS,
  refusals: EN_REFUSALS,
  ...EN_SIGN_IN,

  /** The front page. An operator's own headline and lead take the place of the first two. */
  front: {
    title: "Home",
    headline: "Your team’s pages, in one place",
    lead: "Customers, documents and news for everyone who works with us. Sign in to see what is yours.",
    promises: {
      password: {
        title: "No new password",
        text: "You sign in with Google. We never see your Google password.",
      },
      devices: {
        title: "Your devices",
        text: "See where you are signed in, and sign out any device.",
      },
      data: { title: "Your data", text: "Download it or delete your account at any time." },
    },
    greeting: (name: Markup) => `Welcome back, ${name}`,
    where: "Where do you want to go?",
    seeAll: "See all",
    isStrange: (check: Markup) => `Something you don’t know? Sign out that device, then ${check}.`,
    checkGoogle: "check your Google account",
  },

  /** The account page. */
  account: {
    title: "Your account",
    description: "Devices, security and your data.",
    lead: "Who you are here, where you are signed in, and what we keep.",
    profile: "Profile",
    profileText: (googleAccount: Markup) =>
      `Name, email and picture come from Google. Change them in your ${googleAccount}.`,
    googleAccount: "Google account",
    admin: "Admin",
    joined: "Joined",
    signedInWith: "Signed in with",
    devices: "Your devices",
    devicesText: "Places where you are signed in. Don’t know one? Sign it out.",
    signOutOthers: "Sign out other devices",
    signOutEverywhere: "Sign out everywhere",
    activity: "Recent security activity",
    activityText: "The last 30 days. Only you and the admins can see it.",
    data: "Your data",
    dataText: "It is yours: take it with you, or have it deleted.",
    download: "Download",
    downloadTitle: "Download your data",
    downloadText: "Profile, devices and history, as a JSON file.",
    downloadFirst: "Download your data first",
    downloadStarted: "Download started",
    delete: "Delete account",
    deleteText: "Deletes everything we keep about you. You can’t undo it.",
    signInToDelete: "Sign in again to delete your account.",
    signInAgain: "Sign in again",
    deleteQuestion: "Delete your account?",
    deleteMeans: (email: Markup, devices: number) =>
      `This deletes everything we keep about ${email} and signs you out${
        devices > 1 ? ` on ${formats.plural(devices, { one: "device", other: "devices" })}` : ""
      }. You can’t undo it.`,
  },

  /** A person's devices, in a list and in messages. */
  devices: {
    none: "No active devices",
    unknown: "Unknown browser",
    onSystem: (browser: string, system: string) => `${browser} on ${system}`,
    isThisOne: "This device",
    activeNow: "Active now",
    active: (ago: Markup) => `Active ${ago}`,
    signedIn: (ago: Markup) => `Signed in ${ago}`,
    network: (network: string) => `Network ${network}`,
    thisComputer: "This computer",
    serversComputer: "The computer that runs this site",
    signOut: "Sign out",
    signOutThis: "Sign out this device",
    signOutOf: (device: string) => `Sign out ${device}`,
    signedInAt: (device: string, time: string) => `${device}, signed in ${time}`,
    signedOut: (device: string) => `${device} signed out`,
    othersSignedOut: (count: number) =>
      `${formats.plural(count, { one: "other device", other: "other devices" })} signed out`,
    isSignedOut: "This device is already signed out.",
  },

  /** How a person signed in. */
  methods: {
    button: "Google button",
    dialog: "Browser’s sign-in dialog",
    prompt: "Google prompt",
    link: "Google’s page",
  },

  /** What happened to a person's account, as they see it themselves. */
  activity: {
    none: "No activity in the last 30 days",
    showAll: (count: number) => `Show all ${formats.number(count)}`,
    check: "Check",
    byAdmin: "By an admin",
    theft: "Someone used an old copy of your session",
    devices: (count: number) => formats.plural(count, { one: "device", other: "devices" }),
  },

  /** Explanations in the file that a person downloads. */
  download: {
    title: (app: string, origin: string) => `Everything that ${app} (${origin}) keeps about you`,
    times: "Times are in UTC, as in 2026-11-25T18:47:00.000Z.",
    person: "Your account: what Google told us about you, and when you joined and signed in.",
    sessions: "The devices on which you are signed in.",
    events:
      "What happened to your account and what you did, newest first. If someone else acted, it does not say who.",
    tables: "What the pages of this application keep about you, by table and column.",
  },
};

/** The words of one language. */
export type Words = typeof EN;

export type { Markup };
