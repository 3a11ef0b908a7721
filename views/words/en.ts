import type { AuditKind } from "../../db/contract/audit.ts";
import type { MethodName } from "../../src/auth/session_claims.ts";
import type { RefusalKind } from "../refusal_steps.ts";
import type { RefusalParts, RefusalWords } from "../refusal_words.ts";
import { createFormats } from "./formats.ts";
import type { Markup } from "./markup.ts";

const formats = createFormats("en-GB");
const { number, plural } = formats;
const SIGN_INS = { one: "sign-in", other: "sign-ins" };
const DAYS = { one: "day", other: "days" };
const DEVICES = { one: "device", other: "devices" };
const NOT_FINISHED = { title: "Sign-in did not finish", text: "Please try again." };
const TOO_OLD = { title: "This sign-in is too old", text: "Please sign in again." };
const NOT_CHECKED = { title: "We could not check Google’s answer", text: "Please sign in again." };
const NOT_ACCEPTED = {
  title: "We could not accept this request",
  text: "Reload the page and try again.",
};
const NOT_FOUND = {
  title: "Page not found",
  text: "The link may be wrong, or the page is no longer there.",
};

const account = ({ email }: RefusalParts) => email ?? "This account";

/** What a person reads about each refusal, in English. */
const refusals: Record<RefusalKind, RefusalWords> = {
  missing_credential: NOT_FINISHED,
  malformed_credential: NOT_FINISHED,
  csrf_mismatch: TOO_OLD,
  nonce_missing: TOO_OLD,
  nonce_mismatch: TOO_OLD,
  nonce_expired: TOO_OLD,
  nonce_reused: TOO_OLD,
  invalid_credential: NOT_CHECKED,
  expired_credential: NOT_CHECKED,
  not_yet_valid: {
    title: "The clock of this device or our server is wrong",
    text: "Check the time, then try again.",
  },
  sign_in_not_begun: { title: "Start signing in again", text: "This page only ends a sign-in." },
  not_signed_in: { title: "Sign in to open this page", text: "This page is for members." },
  binding_missing: {
    title: "Your browser could not confirm this device",
    text: "Your sign-in is bound to one device. Try again. If that does not help, sign in again.",
  },
  email_unverified: {
    title: "Verify your email first",
    text: ({ email }) =>
      `Google has not verified ${email ?? "your email"} yet, so we can’t sign you in with it. Verify it in your Google account, then come back and sign in again.`,
  },
  domain_not_allowed: {
    title: "You can’t sign in with this account",
    text: (parts) => `${account(parts)} can’t sign in here. Use your work account.`,
  },
  email_not_allowed: {
    title: "You can’t sign in with this account",
    text: (parts) =>
      `${account(parts)} can’t sign in here.${parts.contact ? ` Ask ${parts.contact} for access.` : ""}`,
  },
  sign_up_closed: {
    title: "You need an invitation",
    text: (parts) => `${account(parts)} has no account here yet. New accounts need an invitation.`,
  },
  user_disabled: {
    title: "This account is disabled",
    text: ({ email, date }) =>
      `An admin disabled ${email ?? "this account"}${date ? ` on ${date}` : ""}. Your data is still there.`,
  },
  disabled_by_google: {
    title: "This account is disabled",
    text: ({ email }) =>
      `Google has disabled ${email ?? "your account"}. Fix it in your Google account, then sign in again.`,
  },
  revoked_by_google: {
    title: "Please sign in again",
    text: ({ email }) =>
      `Google has signed ${email ?? "your account"} out of all applications since this sign-in began.`,
  },
  not_allowed: { title: "You can’t open this page", text: "Your account has no access to it." },
  not_administrator: { title: "Only admins can open this page" },
  site_not_allowed: {
    title: ({ site }) => `You can’t open ${site ?? "this application"}`,
    text: (parts) =>
      `${account(parts)} has no access to it.${parts.contact ? ` Ask ${parts.contact} for access.` : ""}`,
  },
  unknown_site: {
    title: "This application is not set up",
    text: "It is not in the list of applications that can be opened with this sign-in.",
  },
  cookie_not_kept: {
    title: "Your browser did not keep our cookie",
    text: "Allow cookies for this site, then try again.",
  },
  recent_sign_in_needed: {
    title: "Sign in again to do this",
    text: "You signed in more than 10 minutes ago.",
  },
  stronger_sign_in_needed: {
    title: "This needs a stronger sign-in",
    text: ({ proofs }) =>
      `Admins need a Google sign-in with ${proofs ?? "a security key"}. Sign out of Google, sign in there that way, then sign in here again.`,
  },
  sign_in_strength_unknown: {
    title: "Google did not say how you signed in",
    text: ({ proofs }) =>
      `Admins need a Google sign-in with ${proofs ?? "a security key"}. Sign in again. If you see this again, Google does not tell us how you sign in.`,
  },
  cross_origin: NOT_ACCEPTED,
  not_a_form: NOT_ACCEPTED,
  damaged_request: NOT_ACCEPTED,
  not_found: NOT_FOUND,
  bad_parameter: NOT_FOUND,
  method_not_allowed: NOT_FOUND,
  signed_in_as_another: {
    title: ({ email }) => `You are now signed in as ${email ?? "someone else"}`,
    text: "Nothing was changed.",
  },
  last_administrator: {
    title: "You are the only admin",
    text: "Make someone else admin first.",
  },
  administrator_by_configuration: {
    title: "This admin is set by ADMIN_EMAILS and can’t be changed here",
  },
  bad_value: {
    title: "A value is missing or not valid",
    text: "Check what you entered, then try again.",
  },
  body_too_large: { title: "This is too long", text: "Please send less." },
  too_many_requests: { title: "Too many attempts", text: "Please wait 1 minute." },
  internal_error: {
    title: "Something went wrong",
    text: "It is our mistake, not yours. Please try again in a minute.",
  },
  keys_unavailable: { title: "We can’t reach Google right now", text: "Please try again soon." },
  database_unavailable: { title: "We can’t load this right now", text: "Please try again soon." },
  binding_unavailable: {
    title: "We can’t confirm this device right now",
    text: "Please try again soon.",
  },
};

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

  overview: {
    title: "Overview",
    people: "People",
    sessions: "Active sessions",
    signInsIn: (days: number) => `Sign-ins, ${days} days`,
    blockedIn: (days: number) => `Blocked, ${days} days`,
    byDay: "Sign-ins by day",
    lastDays: (days: number) => `Last ${days} days, days in UTC`,
    showTable: "Show as table",
    table: "Sign-ins by day, as a table",
    day: "Day",
    signIns: "Sign-ins",
    blocked: "Blocked",
    blockedSignIns: "Blocked sign-ins",
    chart: (first: string, last: string) =>
      `Sign-ins and blocked sign-ins by day, ${first} to ${last}`,
    between: (least: number, most: number) =>
      `Between ${number(least)} and ${number(most)} sign-ins a day.`,
    mostBlocked: (count: number, day: string) =>
      `Most blocked sign-ins: ${number(count)} on ${day}.`,
    noneBlocked: "No blocked sign-ins.",
    busiest: (count: number, day: string) => `Busiest day: ${number(count)} (${day})`,
    onDay: (day: string, signIns: number, blocked: number) =>
      `${day}: ${plural(signIns, SIGN_INS)}, ${number(blocked)} blocked`,
    attention: "Needs attention",
    blockedOn: (count: number, day: string) => `${number(count)} blocked sign-ins on ${day}`,
    mostly: (reason: string) => `Most: ${reason.toLowerCase()}`,
    openLog: "Open audit log",
    disabledByGoogle: (count: number) =>
      `${plural(count, { one: "account", other: "accounts" })} disabled by Google`,
    googleThinks: "Google thinks that someone else used them",
    showPeople: "Show people",
  },

  people: {
    title: "People",
    search: "Search by name or email",
    submit: "Search",
    clear: "Clear search",
    filter: "Filter",
    filters: { all: "All", active: "Active", admins: "Admins", disabled: "Disabled" },
    list: "List of people",
    columns: { name: "Name", email: "Email", signed_in: "Last sign-in", created: "Joined" },
    sortedBy: (column: string) => `People, sorted by ${column.toLowerCase()}`,
    range: (first: number, last: number, count: number) =>
      `${number(first)}–${number(last)} of ${number(count)}`,
    rangeOfMore: (first: number, last: number, count: number) =>
      `${number(first)}–${number(last)} of more than ${number(count)}`,
    noMatch: (search: string) => `No one matches “${search}”`,
    nobody: "No one",
    checkSpelling: "Check the spelling, or search by a part of the name or email.",
    isCut:
      "More than 1,000 people match. The first 1,000 that were found are listed. To see the others, search for more of the name or email.",
    pages: "Pages",
    previous: "Previous",
    next: "Next",
  },

  auditLog: {
    title: "Audit log",
    event: "Event",
    allEvents: "All events",
    person: "Person",
    nameOrEmail: "Name or email",
    since: "From date",
    until: "To date",
    apply: "Apply",
    clear: "Clear filters",
    noMatch: "No events match these filters.",
    pages: "Pages",
    newer: "Newer events",
    older: "Older events",
    download: "Download:",
    between: (first: string, last: string) => `${first} to ${last}`,
    from: (first: string) => `from ${first}`,
    to: (last: string) => `to ${last}`,
    daysIn: (zone: string) => `days in ${zone}`,
    wrongOrder: "“From date” is after “To date”.",
    manyPeople: (count: number, text: string) =>
      `More than ${count} people match “${text}”. Only events of ${count} of them are listed.`,
  },
  /** The page of invitations. */
  invitations: {
    title: "Invitations",
    lead: "Who may create an account.",
    invite: "Invite someone",
    closed: "Sign-up is closed: only invited people can create an account.",
    open: "Sign-up is open: anyone can create an account. No one needs an invitation.",
    toClose: (setting: Markup): Markup =>
      `To allow only invited people, set ${setting} and restart.`,
    email: "Email",
    add: "Add invitation",
    noMail: "We don’t send an email.",
    tell: (address: Markup): Markup =>
      `Tell the person to sign in at ${address} with this address.`,
    copyLink: "Copy link",
    copied: "Link copied",
    notCopied: (link: string) => `Copy this link: ${link}`,
    list: "Open invitations",
    expiry: (days: number) =>
      `An invitation is used up by the first sign-in. It expires after ${plural(days, DAYS)}.`,
    none: "No open invitations",
    times: (invited: Markup, expires: Markup): Markup => `Invited ${invited} · Expires ${expires}`,
    revoke: "Revoke",
    revokeFor: (email: string) => `Revoke invitation for ${email}`,
    badEmail: "Enter an email like ada@example.com.",
    otherDomain: (email: string, domain: string) =>
      `${email} can’t sign in here: only accounts of ${domain} can (GOOGLE_HOSTED_DOMAIN).`,
    notAllowed: (email: string) => `${email} can’t sign in here: ALLOWED_EMAILS leaves it out.`,
    isRevoked: "This invitation was already revoked.",
    done: {
      added: (email: string) => `Invitation added for ${email}`,
      already: (email: string) => `${email} is invited already`,
      revoked: "Invitation revoked",
    },
  },
  /** The page of a person, for administrators. */
  person: {
    all: "All people",
    active: "Active",
    admin: "Admin",
    disabled: "Disabled",
    disabledByGoogle: "Disabled by Google",
    account: "Account",
    accountLead: "What this person may do here.",
    joined: "Joined",
    lastSignIn: "Last sign-in",
    organization: "Organization",
    role: "Role",
    configuredAdmin: (variable: Markup): Markup => `Admin by ${variable}. Can’t be changed here.`,
    adminSince: (time: Markup): Markup => `Admin since ${time}`,
    makeAdmin: "Make admin",
    makeAdminQuestion: (name: string) => `Make ${name} an admin?`,
    adminsCan: "Admins can see and change all people.",
    removeAdmin: "Remove admin role",
    disable: "Disable account",
    enable: "Enable account",
    disabledMeans: "A disabled person is signed out at once and can’t sign in. Their data stays.",
    devices: "Devices",
    sessions: (count: number) => plural(count, { one: "active session", other: "active sessions" }),
    signOutAll: "Sign out all devices",
    history: "History",
    openLog: "Open in audit log",
    deletion: "Delete",
    noWayBack: "There is no way back.",
    deleteThis: "Delete this account",
    deletesAll: "Deletes everything kept about this person.",
    deleteAccount: "Delete account",
    deleteQuestion: (name: string) => `Delete ${name}’s account?`,
    deletesAllAbout: (email: string) =>
      `This deletes everything kept about ${email}. You can’t undo it.`,
    mayReturn:
      "After that, this person can sign in as someone new. To keep them out, leave the account disabled.",
    isGone: "This person was deleted.",
    done: {
      disabled: "Account disabled",
      disabledOn: (count: number) => `Account disabled, ${plural(count, DEVICES)} signed out`,
      enabled: "Account enabled",
      isAdmin: (name: string) => `${name} is now an admin`,
      adminRemoved: "Admin role removed",
      signedOut: (count: number) => `${plural(count, DEVICES)} signed out`,
      deleted: (name: string) => `Account of ${name} deleted`,
    },
  },
  /** The events of the audit log. */
  events: {
    kinds: {
      signed_in: "Signed in",
      signed_out: "Signed out",
      session_ended: "Device signed out",
      sessions_ended: "Devices signed out",
      session_ended_by_suspicion: "Session closed: possible theft",
      session_ended_by_policy: "Session closed: no longer allowed",
      session_bound: "Sign-in bound to the device",
      binding_missing: "Session used without its device",
      binding_refused: "Device not confirmed",
      policy_refusal: "Sign-in blocked",
      site_refusal: "Access to application blocked",
      disabled: "Account disabled",
      enabled: "Account enabled",
      administrator_made: "Admin role given",
      administrator_unmade: "Admin role removed",
      invited: "Invitation added",
      invitation_withdrawn: "Invitation revoked",
      deleted: "Account deleted",
      exported: "Data downloaded",
      backed_up: "Backup made",
      restored: "Restored from a backup",
      security_event: "Google security alert",
    } satisfies Record<AuditKind, string>,

    /** Why a sign-in was blocked, by the code of its refusal. Other codes are mistakes on the way. */
    blocked: {
      email_unverified: "Email not verified",
      domain_not_allowed: "Other organization",
      email_not_allowed: "Email not allowed",
      sign_up_closed: "Sign-up is closed",
      user_disabled: "Account is disabled",
    },

    /** What Google reported, by the kind of its security event. */
    alerts: {
      sessions_revoked: "Sessions revoked",
      tokens_revoked: "Tokens revoked",
      token_revoked: "Token revoked",
      account_disabled: "Account disabled",
      account_enabled: "Account enabled",
      credential_change_required: "Password change required",
      verification: "Test event",
    },

    /** Why an account was deleted, if nobody did it. */
    deletions: { not_used: "Not signed in for a long time" },

    columns: { time: "Time", event: "Event", person: "Person", by: "By", details: "Details" },
    list: "Events",
    newestFirst: "Events, newest first",
    none: "No events",
    deletedPerson: "Deleted person",
    system: "System",
    devicesSignedOut: (count: number) => `${plural(count, DEVICES)} signed out`,
    timeZone: "Time zone:",
  },
  refusals,
  /** The way in. */
  signIn: {
    title: (name: string) => `Sign in to ${name}`,
    lead: "Use your Google account. You don’t need a new password.",
    /** The title of the way in to a protected application, before its name is known. */
    pageTitle: "Sign in",
    toOpen: (page: string) => `Sign in to open ${page}`,
    forMembers: "This page is for members.",
    forApplication: (host: string) => `After you sign in, you go on to ${host}.`,
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

  /** After a sign-in for a protected application. */
  enter: {
    title: "You are signed in",
    goOn: (name: string) => `Go on to ${name}`,
  },

  /** The question of a protected application that wants to sign a person out. */
  signOut: {
    title: "Sign out",
    question: "Do you want to sign out?",
    account: (email: Markup): Markup => `You are signed in as ${email}.`,
    everywhere: "This also signs you out of every application that you opened with this account.",
    stay: (name: string) => `Go back to ${name}`,
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
    same_account: "Sign in again",
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
    applications: "Your applications",
    applicationsText: "They are open to you as long as you are signed in here.",
    devices: "Your devices",
    devicesText: "Places where you are signed in. Don’t know one? Sign it out.",
    signOutOthers: "Sign out other devices",
    signOutEverywhere: "Sign out everywhere",
    activity: "Recent security activity",
    activityText: "The last 30 days. Only you and the admins can see it.",
    data: "Your data",
    dataText: "It is yours: take it with you, or have it deleted.",
    keptFor: (days: number) =>
      `Your account is deleted after ${plural(days, DAYS)} without a sign-in.`,
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
    bound: "bound to this device",
    active: (ago: Markup) => `Active ${ago}`,
    signedIn: (ago: Markup) => `Signed in ${ago}`,
    signedInToGoogle: (ago: Markup) => `Signed in to Google ${ago}`,
    howAtGoogle: "Signed in to Google",
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

  /** How a person signed in to Google, by the names of RFC 8176. Others are shown as they are. */
  proofs: {
    face: "face recognition",
    fpt: "fingerprint",
    geo: "place",
    hwk: "security key",
    iris: "iris scan",
    kba: "security question",
    mca: "several channels",
    mfa: "2-step verification",
    otp: "one-time code",
    pin: "PIN",
    pwd: "password",
    rba: "risk check",
    retina: "retina scan",
    sc: "smart card",
    sms: "code by text message",
    swk: "software key",
    tel: "phone call",
    user: "presence test",
    vbm: "voice recognition",
    wia: "Windows sign-in",
  } satisfies Record<MethodName, string>,

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
    sessions:
      "The devices on which you are signed in, and what Google said about your sign-in to it.",
    events:
      "What happened to your account and what you did, newest first. If someone else acted, it does not say who.",
    tables: "What the pages of this application keep about you, by table and column.",
  },
};

/** The words of one language. */
export type Words = typeof EN;

export type { Markup };
