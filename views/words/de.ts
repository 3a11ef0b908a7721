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
    signIn: "Anmelden",
    signOut: "Abmelden",
    tryAgain: "Erneut versuchen",
  },

  menu: {
    owner: "Ihr Konto:",
    account: "Ihr Konto",
    admin: "Verwaltung",
    switch: "Konto wechseln",
    isDisabled: "Dieses Konto ist gesperrt",
  },

  messages: {
    unreachable: "Der Server ist nicht erreichbar.",
    offline: "Sie sind offline. Was Sie sehen, ist vielleicht nicht mehr aktuell.",
    undo: "Rückgängig machen",
    close: "Meldung schließen",
  },

  idle: {
    warning: (clock) => `Sie werden in ${clock} abgemeldet`,
    reminder: (timeLeft) => `Sie werden in ${timeLeft} abgemeldet`,
    inactive: (time) => `Sie waren ${time} lang nicht aktiv.`,
    stay: "Angemeldet bleiben",
  },

  front: {
    title: "Startseite",
    headline: "Die Seiten Ihres Teams an einem Ort",
    lead: "Kunden, Dokumente und Neuigkeiten für alle, die mit uns arbeiten. Melden Sie sich an, um Ihre zu sehen.",
  },
};
