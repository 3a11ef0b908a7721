import type { EN_ADMIN } from "./en_admin.ts";
import { createFormats } from "./formats.ts";

const { number, plural } = createFormats("de-DE");
const SIGN_INS = { one: "Anmeldung", other: "Anmeldungen" };

/** The words of the pages for administrators, in German. */
export const DE_ADMIN: typeof EN_ADMIN = {
  overview: {
    title: "Überblick",
    people: "Personen",
    sessions: "Aktive Sitzungen",
    signInsIn: (days) => `Anmeldungen, ${days} Tage`,
    blockedIn: (days) => `Abgelehnt, ${days} Tage`,
    byDay: "Anmeldungen nach Tagen",
    lastDays: (days) => `Die letzten ${days} Tage, Tage in UTC`,
    showTable: "Als Tabelle zeigen",
    table: "Anmeldungen nach Tagen als Tabelle",
    day: "Tag",
    signIns: "Anmeldungen",
    blocked: "Abgelehnt",
    blockedSignIns: "Abgelehnte Anmeldungen",
    chart: (first, last) =>
      `Anmeldungen und abgelehnte Anmeldungen nach Tagen, ${first} bis ${last}`,
    between: (least, most) => `Zwischen ${number(least)} und ${number(most)} Anmeldungen am Tag.`,
    mostBlocked: (count, day) => `Die meisten abgelehnt am ${day}: ${number(count)}.`,
    noneBlocked: "Keine abgelehnten Anmeldungen.",
    busiest: (count, day) => `Stärkster Tag: ${number(count)} (${day})`,
    onDay: (day, signIns, blocked) =>
      `${day}: ${plural(signIns, SIGN_INS)}, ${number(blocked)} abgelehnt`,
    attention: "Braucht Aufmerksamkeit",
    blockedOn: (count, day) => `${number(count)} abgelehnte Anmeldungen am ${day}`,
    mostly: (reason) => `Meistens: ${reason}`,
    openLog: "Protokoll öffnen",
    disabledByGoogle: (count) =>
      `${plural(count, { one: "Konto", other: "Konten" })} von Google gesperrt`,
    googleThinks: "Google vermutet, dass jemand anderes sie benutzt hat",
    showPeople: "Personen zeigen",
  },

  people: {
    title: "Personen",
    search: "Nach Name oder E-Mail suchen",
    submit: "Suchen",
    clear: "Suche löschen",
    filter: "Filter",
    filters: { all: "Alle", active: "Aktiv", admins: "Admins", disabled: "Gesperrt" },
    list: "Liste der Personen",
    columns: {
      name: "Name",
      email: "E-Mail-Adresse",
      signed_in: "Letzte Anmeldung",
      created: "Dabei seit",
    },
    sortedBy: (column) => `Personen, sortiert nach: ${column}`,
    range: (first, last, count) => `${number(first)}–${number(last)} von ${number(count)}`,
    rangeOfMore: (first, last, count) =>
      `${number(first)}–${number(last)} von mehr als ${number(count)}`,
    noMatch: (search) => `Niemand passt zu „${search}“`,
    nobody: "Niemand",
    checkSpelling:
      "Prüfen Sie die Schreibweise, oder suchen Sie nach einem Teil des Namens oder der E-Mail-Adresse.",
    isCut:
      "Mehr als 1.000 Personen passen. Aufgeführt sind die ersten 1.000, die gefunden wurden. Um die anderen zu sehen, geben Sie mehr vom Namen oder von der E-Mail-Adresse ein.",
    pages: "Seiten",
    previous: "Zurück",
    next: "Weiter",
  },

  auditLog: {
    title: "Protokoll",
    event: "Ereignis",
    allEvents: "Alle Ereignisse",
    person: "Person",
    nameOrEmail: "Name oder E-Mail",
    since: "Von",
    until: "Bis",
    apply: "Anwenden",
    clear: "Filter löschen",
    noMatch: "Keine Ereignisse passen zu diesen Filtern.",
    pages: "Seiten",
    newer: "Neuere Ereignisse",
    older: "Ältere Ereignisse",
    download: "Herunterladen:",
    between: (first, last) => `${first} bis ${last}`,
    from: (first) => `ab ${first}`,
    to: (last) => `bis ${last}`,
    daysIn: (zone) => `Tage in ${zone}`,
    wrongOrder: "„Von“ liegt nach „Bis“.",
    manyPeople: (count, text) =>
      `Mehr als ${count} Personen passen zu „${text}“. Nur Ereignisse von ${count} von ihnen sind aufgeführt.`,
  },
};
