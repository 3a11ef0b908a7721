import { DE as GERMAN } from "../words/de.ts";
import { EN as ENGLISH } from "../words/en.ts";
import type { Words } from "../words/words.ts";

const { number: inEnglish } = ENGLISH.formats;
const { number: inGerman } = GERMAN.formats;

const EN = {
  customers: {
    title: "Customers",
    description: "A list that grows as you read.",
    list: "List of customers",
    caption: "Customers, by number",
    name: "Name",
    company: "Company",
    city: "City",
    since: "Customer since",
    sinceShort: "Since",
    number: "No.",
    showing: (shown: number, total: number) => `Showing ${inEnglish(shown)} of ${inEnglish(total)}`,
    showMore: (count: number) => `Show ${inEnglish(count)} more`,
    all: (total: number) => `You have seen all ${inEnglish(total)}`,
    none: "No customers yet",
    seed: (command: JSX.Element) => `To add 1,000 examples, run ${command}.`,
  },
  members: {
    title: "Members",
    description: "Pages for people who are signed in.",
    lead: "Only people who are signed in can read this page.",
    signedInAs: "Signed in as",
    signedIn: "Signed in",
    endsBy: "Ends by",
    ends: (time: JSX.Element, idle: string) => `${time}, or after ${idle} without activity`,
    devices: "See all your devices",
  },
  library: {
    title: "Library",
    description: "Documents to read.",
    lead: "Documents to read.",
  },
};

/** The words of the demonstration's pages. An application's own are beside its views in the same way. */
export type DemoWords = typeof EN;

const DE: DemoWords = {
  customers: {
    title: "Kunden",
    description: "Eine Liste, die beim Lesen wächst.",
    list: "Liste der Kunden",
    caption: "Kunden, nach Nummer",
    name: "Name",
    company: "Firma",
    city: "Ort",
    since: "Kunde seit",
    sinceShort: "Seit",
    number: "Nr.",
    showing: (shown, total) => `${inGerman(shown)} von ${inGerman(total)} angezeigt`,
    showMore: (count) => `${inGerman(count)} weitere anzeigen`,
    all: (total) => `Sie haben alle ${inGerman(total)} gesehen`,
    none: "Noch keine Kunden",
    seed: (command) => `Für 1.000 Beispiele führen Sie ${command} aus.`,
  },
  members: {
    title: "Mitglieder",
    description: "Seiten für alle, die angemeldet sind.",
    lead: "Nur wer angemeldet ist, kann diese Seite lesen.",
    signedInAs: "Angemeldet als",
    signedIn: "Angemeldet",
    endsBy: "Endet spätestens",
    ends: (time, idle) => `${time}; ohne Aktivität: ${idle}`,
    devices: "Alle Ihre Geräte ansehen",
  },
  library: {
    title: "Bibliothek",
    description: "Dokumente zum Lesen.",
    lead: "Dokumente zum Lesen.",
  },
};

const LANGUAGES = new Map([
  ["en", EN],
  ["de", DE],
]);

/** The demonstration's words in the reader's language, or in English where they lack it. */
export function demoWords({ lang }: Words): DemoWords {
  return LANGUAGES.get(lang) ?? EN;
}
