import type { EN_EVENTS, EN_PERSON } from "./en_person.ts";
import { createFormats } from "./formats.ts";

const { plural } = createFormats("de-DE");
const DEVICES = { one: "Gerät", other: "Geräte" };

/** The words of the page of a person, for administrators, in German. */
export const DE_PERSON: typeof EN_PERSON = {
  all: "← Alle Personen",
  active: "Aktiv",
  admin: "Admin",
  disabled: "Gesperrt",
  disabledByGoogle: "Von Google gesperrt",
  account: "Konto",
  accountLead: "Was diese Person hier darf.",
  joined: "Dabei seit",
  lastSignIn: "Letzte Anmeldung",
  organization: "Organisation",
  role: "Rolle",
  configuredAdmin: (variable) => `Admin durch ${variable}. Das lässt sich hier nicht ändern.`,
  adminSince: (time) => `Admin seit ${time}`,
  makeAdmin: "Zum Admin machen",
  makeAdminQuestion: (name) => `${name} zum Admin machen?`,
  adminsCan: "Admins können alle Personen sehen und ändern.",
  removeAdmin: "Admin-Rolle entziehen",
  disable: "Konto sperren",
  enable: "Konto entsperren",
  disabledMeans:
    "Eine gesperrte Person wird sofort abgemeldet und kann sich nicht anmelden. Ihre Daten bleiben.",
  devices: "Geräte",
  sessions: (count) => plural(count, { one: "aktive Sitzung", other: "aktive Sitzungen" }),
  signOutAll: "Alle Geräte abmelden",
  history: "Verlauf",
  openLog: "Im Protokoll öffnen",
  deletion: "Löschen",
  noWayBack: "Das lässt sich nicht rückgängig machen.",
  deleteThis: "Dieses Konto löschen",
  deletesAll: "Löscht alles, was über diese Person gespeichert ist.",
  deleteAccount: "Konto löschen",
  deleteQuestion: (name) => `Konto von ${name} löschen?`,
  deletesAllAbout: (email) =>
    `Das löscht alles, was über ${email} gespeichert ist. Es lässt sich nicht rückgängig machen.`,
  isGone: "Diese Person wurde gelöscht.",
  done: {
    disabled: "Konto gesperrt",
    disabledOn: (count) => `Konto gesperrt, ${plural(count, DEVICES)} abgemeldet`,
    enabled: "Konto entsperrt",
    isAdmin: (name) => `${name} ist jetzt Admin`,
    adminRemoved: "Admin-Rolle entzogen",
    signedOut: (count) => `${plural(count, DEVICES)} abgemeldet`,
    deleted: (name) => `Konto von ${name} gelöscht`,
  },
};

/** What is said about the events of the audit log, in German. */
export const DE_EVENTS: typeof EN_EVENTS = {
  kinds: {
    signed_in: "Angemeldet",
    signed_out: "Abgemeldet",
    session_ended: "Gerät abgemeldet",
    sessions_ended: "Geräte abgemeldet",
    session_ended_by_suspicion: "Sitzung beendet: möglicher Diebstahl",
    session_ended_by_policy: "Sitzung beendet: nicht mehr zugelassen",
    policy_refusal: "Anmeldung abgelehnt",
    disabled: "Konto gesperrt",
    enabled: "Konto entsperrt",
    administrator_made: "Admin-Rolle erteilt",
    administrator_unmade: "Admin-Rolle entzogen",
    invited: "Einladung hinzugefügt",
    invitation_withdrawn: "Einladung widerrufen",
    deleted: "Konto gelöscht",
    exported: "Daten heruntergeladen",
    security_event: "Sicherheitswarnung von Google",
  },

  blocked: {
    email_unverified: "E-Mail-Adresse nicht bestätigt",
    domain_not_allowed: "Andere Organisation",
    email_not_allowed: "E-Mail-Adresse nicht zugelassen",
    sign_up_closed: "Registrierung ist geschlossen",
    user_disabled: "Konto ist gesperrt",
  },

  alerts: {
    sessions_revoked: "Sitzungen widerrufen",
    tokens_revoked: "Tokens widerrufen",
    token_revoked: "Token widerrufen",
    account_disabled: "Google-Konto gesperrt",
    account_enabled: "Google-Konto entsperrt",
    credential_change_required: "Passwortänderung nötig",
    verification: "Testereignis",
  },

  columns: {
    time: "Uhrzeit",
    event: "Ereignis",
    person: "Person",
    by: "Durch",
    details: "Einzelheiten",
  },
  list: "Ereignisse",
  newestFirst: "Ereignisse, die neuesten zuerst",
  none: "Keine Ereignisse",
  deletedPerson: "Gelöschte Person",
  system: "System",
  devicesSignedOut: (count) => `${plural(count, DEVICES)} abgemeldet`,
  timeZone: "Zeitzone:",
};
