import { DE_ADMIN } from "./de_admin.ts";
import { DE_INVITATIONS } from "./de_invitations.ts";
import { DE_EVENTS, DE_PERSON } from "./de_person.ts";
import { DE_REFUSALS } from "./de_refusals.ts";
import { DE_SIGN_IN } from "./de_sign_in.ts";
import type { Words } from "./en.ts";
import { createFormats } from "./formats.ts";

const formats = createFormats("de-DE");

/** All words of the interface, in German. Machine-made: no native speaker has read them yet. */
export const DE: Words = {
  lang: "de",
  formats,

  shell: {
    skip: "Zum Inhalt springen",
    main: "Hauptmenü",
    menu: "Menü",
    opensBySignIn: "(zum Öffnen anmelden)",
    privacy: "Datenschutz",
    terms: "Nutzungsbedingungen",
    contact: "Kontakt",
    withoutScript: "Diese Seite ohne JavaScript nutzen",
    needsSource:
      "Zum Anmelden brauchen Sie einen Browser, der angibt, woher seine Anfragen kommen.",
    signIn: "Anmelden",
    signOut: "Abmelden",
    tryAgain: "Erneut versuchen",
    cancel: "Abbrechen",
  },

  menu: {
    owner: "Ihr Konto:",
    account: "Ihr Konto",
    admin: "Verwaltung",
    switch: "Konto wechseln",
    isDisabled: "Dieses Konto ist gesperrt",
  },

  messages: {
    unreachable: (app) => `${app} ist nicht erreichbar. Prüfen Sie Ihre Verbindung.`,
    offline: "Sie sind offline. Was Sie sehen, ist vielleicht nicht mehr aktuell.",
    undo: "Rückgängig machen",
    signedInAs: (name) => `Angemeldet als ${name}`,
    signingIn: "Sie werden angemeldet…",
    close: "Meldung schließen",
  },

  idle: {
    warning: (clock) => `Sie werden in ${clock} abgemeldet`,
    reminder: (timeLeft) => `Sie werden in ${timeLeft} abgemeldet`,
    inactive: (time) => `Sie waren ${time} lang nicht aktiv.`,
    stay: "Angemeldet bleiben",
  },

  ...DE_ADMIN,
  invitations: DE_INVITATIONS,
  person: DE_PERSON,
  events: DE_EVENTS,
  refusals: DE_REFUSALS,
  ...DE_SIGN_IN,

  front: {
    title: "Startseite",
    headline: "Die Seiten Ihres Teams an einem Ort",
    lead: "Kunden, Dokumente und Neuigkeiten für alle, die mit uns arbeiten. Melden Sie sich an, um zu sehen, was für Sie da ist.",
    promises: {
      password: {
        title: "Kein neues Passwort",
        text: "Sie melden sich mit Google an. Ihr Google-Passwort sehen wir nie.",
      },
      devices: {
        title: "Ihre Geräte",
        text: "Sehen Sie, wo Sie angemeldet sind, und melden Sie jedes Gerät ab.",
      },
      data: {
        title: "Ihre Daten",
        text: "Laden Sie sie herunter, oder löschen Sie Ihr Konto, wann Sie wollen.",
      },
    },
    greeting: (name) => `Willkommen zurück, ${name}`,
    where: "Wohin möchten Sie?",
    seeAll: "Alle ansehen",
    isStrange: (check) => `Etwas ist Ihnen unbekannt? Melden Sie das Gerät ab, dann ${check}.`,
    checkGoogle: "prüfen Sie Ihr Google-Konto",
  },

  account: {
    title: "Ihr Konto",
    description: "Geräte, Sicherheit und Ihre Daten.",
    lead: "Wer Sie hier sind, wo Sie angemeldet sind und was wir speichern.",
    profile: "Profil",
    profileText: (googleAccount) =>
      `Name, E-Mail-Adresse und Bild kommen von Google. Ändern Sie sie in Ihrem ${googleAccount}.`,
    googleAccount: "Google-Konto",
    admin: "Admin",
    joined: "Dabei seit",
    signedInWith: "Angemeldet über",
    devices: "Ihre Geräte",
    devicesText: "Hier sind Sie angemeldet. Ein Gerät ist Ihnen unbekannt? Melden Sie es ab.",
    signOutOthers: "Andere Geräte abmelden",
    signOutEverywhere: "Überall abmelden",
    activity: "Letzte Sicherheitsereignisse",
    activityText: "Die letzten 30 Tage. Nur Sie und die Admins sehen sie.",
    data: "Ihre Daten",
    dataText: "Sie gehören Ihnen: Nehmen Sie sie mit, oder lassen Sie sie löschen.",
    download: "Herunterladen",
    downloadTitle: "Ihre Daten herunterladen",
    downloadText: "Profil, Geräte und Verlauf, als JSON-Datei.",
    downloadFirst: "Zuerst Ihre Daten herunterladen",
    downloadStarted: "Download gestartet",
    delete: "Konto löschen",
    deleteText: "Löscht alles, was wir über Sie speichern. Das lässt sich nicht rückgängig machen.",
    signInToDelete: "Melden Sie sich erneut an, um Ihr Konto zu löschen.",
    signInAgain: "Erneut anmelden",
    deleteQuestion: "Ihr Konto löschen?",
    deleteMeans: (email, devices) =>
      `Damit löschen wir alles, was wir über ${email} speichern, und melden Sie${
        devices > 1 ? ` auf ${formats.plural(devices, { one: "Gerät", other: "Geräten" })}` : ""
      } ab. Das lässt sich nicht rückgängig machen.`,
  },

  devices: {
    none: "Keine aktiven Geräte",
    unknown: "Unbekannter Browser",
    onSystem: (browser, system) => `${browser} auf ${system}`,
    isThisOne: "Dieses Gerät",
    activeNow: "Gerade aktiv",
    active: (ago) => `Aktiv ${ago}`,
    signedIn: (ago) => `Angemeldet ${ago}`,
    network: (network) => `Netz ${network}`,
    thisComputer: "Dieser Computer",
    serversComputer: "Der Computer, auf dem diese Website läuft",
    signOut: "Abmelden",
    signOutThis: "Dieses Gerät abmelden",
    signOutOf: (device) => `${device} abmelden`,
    signedInAt: (device, time) => `${device}, angemeldet ${time}`,
    signedOut: (device) => `${device} abgemeldet`,
    othersSignedOut: (count) =>
      `${formats.plural(count, { one: "anderes Gerät", other: "andere Geräte" })} abgemeldet`,
    isSignedOut: "Dieses Gerät ist schon abgemeldet.",
  },

  methods: {
    button: "Google-Schaltfläche",
    dialog: "Anmeldedialog des Browsers",
    prompt: "Anmeldevorschlag von Google",
    link: "Seite von Google",
  },

  activity: {
    none: "Keine Ereignisse in den letzten 30 Tagen",
    showAll: (count) => `Alle ${formats.number(count)} anzeigen`,
    check: "Prüfen",
    byAdmin: "Durch einen Admin",
    theft: "Jemand hat eine alte Kopie Ihrer Sitzung benutzt",
    devices: (count) => formats.plural(count, { one: "Gerät", other: "Geräte" }),
  },

  download: {
    title: (app, origin) => `Alles, was ${app} (${origin}) über Sie speichert`,
    times: "Zeiten sind in UTC, wie in 2026-11-25T18:47:00.000Z.",
    person:
      "Ihr Konto: was uns Google über Sie gesagt hat, wann Sie dazukamen und wann Sie sich angemeldet haben.",
    sessions: "Die Geräte, auf denen Sie angemeldet sind.",
    events:
      "Was mit Ihrem Konto geschehen ist und was Sie getan haben, das Neueste zuerst. Hat jemand anderes gehandelt, steht nicht da, wer.",
    tables: "Was die Seiten dieser Anwendung über Sie speichern, nach Tabelle und Spalte.",
  },
};
