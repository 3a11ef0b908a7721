import type { AuditKind } from "../../db/contract/audit.ts";
import { createFormats } from "./formats.ts";
import type { Markup } from "./markup.ts";

const { plural } = createFormats("en-GB");
const DEVICES = { one: "device", other: "devices" };

/** The words of the page of a person, for administrators, in English. */
export const EN_PERSON = {
  all: "← All people",
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
};

/** What is said about the events of the audit log, in English. */
export const EN_EVENTS = {
  kinds: {
    signed_in: "Signed in",
    signed_out: "Signed out",
    session_ended: "Device signed out",
    sessions_ended: "Devices signed out",
    session_ended_by_suspicion: "Session closed: possible theft",
    session_ended_by_policy: "Session closed: no longer allowed",
    policy_refusal: "Sign-in blocked",
    disabled: "Account disabled",
    enabled: "Account enabled",
    administrator_made: "Admin role given",
    administrator_unmade: "Admin role removed",
    invited: "Invitation added",
    invitation_withdrawn: "Invitation revoked",
    deleted: "Account deleted",
    exported: "Data downloaded",
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

  columns: { time: "Time", event: "Event", person: "Person", by: "By", details: "Details" },
  list: "Events",
  newestFirst: "Events, newest first",
  none: "No events",
  deletedPerson: "Deleted person",
  system: "System",
  devicesSignedOut: (count: number) => `${plural(count, DEVICES)} signed out`,
  timeZone: "Time zone:",
};
