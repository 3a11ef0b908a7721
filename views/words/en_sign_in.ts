import type { Markup } from "./markup.ts";

/** The words of signing in and out, and of refusals, in English. */
export const EN_SIGN_IN = {
  /** The way in. */
  signIn: {
    title: (name: string) => `Sign in to ${name}`,
    lead: "Use your Google account. You don’t need a new password.",
    toOpen: (page: string) => `Sign in to open ${page}`,
    forMembers: "This page is for members.",
    continueWithGoogle: "Continue with Google",
    signInWithGoogle: "Sign in with Google",
    trouble: (link: Markup): Markup => `Trouble signing in? ${link}`,
    googlePage: "Use Google’s page",
    failed: (link: Markup): Markup => `Sign-in did not work. Try again, or ${link}.`,
    failedLink: "use Google’s page",
    agreement: {
      terms: "Terms",
      privacy: "Privacy policy",
      both: (terms: Markup, privacy: Markup): Markup => `${terms} and ${privacy}`,
      sentence: (documents: Markup): Markup => `By continuing you accept our ${documents}.`,
    },
    noWindow: {
      title: "Did no window open?",
      text: "Your browser may have blocked it.",
      link: "Continue on Google’s page",
    },
    /** In browsers inside other apps. */
    inApp: {
      title: "Open this page in your browser",
      text: "Google does not allow signing in inside this app. Copy the link and open it in Safari, Chrome or Firefox.",
      address: "Link to this page:",
      copy: "Copy link",
      copied: "Link copied",
      notCopied: "Your browser does not allow copying. Select the link and copy it.",
      anyway: "Try here anyway",
    },
    /** The page between Google and us. */
    repost: {
      title: "Signing you in",
      heading: "Almost done",
      text: "Continue to finish signing in.",
      button: "Continue",
    },
  },

  /** After a session has ended. */
  signedOut: {
    title: "You are signed out",
    seeYouSoon: (name: Markup | null): Markup =>
      name ? `See you soon, ${name}.` : "See you soon.",
    onSharedComputer: (link: Markup): Markup => `On a shared computer, also ${link}.`,
    signOutOfGoogle: "sign out of Google",
    back: (page: string) => `Go back to ${page}`,
    deletedTitle: "Your account was deleted",
    deleted: "We no longer keep any data about you.",
    googleAccount: "Google account",
    signInToGoBack: (page: Markup): Markup => `Sign in to go back to ${page}.`,
    /** A message on a page that does not tell it itself. */
    message: (reason: string) => `You are signed out. ${reason}`,
    ends: {
      idle: (duration: string) =>
        `You were not active for ${duration}, so we signed you out to keep your account safe.`,
      too_old: (duration: string) => `Your session was ${duration} old. Please sign in again.`,
      elsewhere: "You signed out this device from another one.",
      admin: "An admin signed you out.",
      google: "Google reported a problem with your account.",
      policy: "Your account may no longer sign in here.",
      suspicion: (account: Markup): Markup =>
        `We signed you out because someone used an old copy of your session. If it was not you, check your ${account}.`,
    },
  },

  /** What a person can do after a refusal, and what stands around it. A contact or its link is in the sentences. */
  steps: {
    another_account: "Use another account",
    google_account: "Open Google account",
    sign_in: "Sign in again",
    home: "Go to home page",
    reload: "Reload",
    retry: "Try again",
    people: "Show people",
    writeTo: (contact: string) => `Write to ${contact}`,
    trying: (seconds: string) => `Trying again in ${seconds} seconds…`,
    status: (status: number) => `Error ${status}`,
    wantToJoin: (contact: Markup): Markup => `Want to join? ${contact}`,
    stillNotWorking: (contact: Markup): Markup =>
      `Still not working? ${contact} and send this number:`,
    requestNumber: "Request number:",
  },
};
