import type { EN_INVITATIONS } from "./en_invitations.ts";
import { createFormats } from "./formats.ts";

const { plural } = createFormats("de-DE");
const DAYS = { one: "Tag", other: "Tagen" };

/** The words of the page of invitations, in German. */
export const DE_INVITATIONS: typeof EN_INVITATIONS = {
  title: "Einladungen",
  lead: "Wer ein Konto anlegen darf.",
  invite: "Jemanden einladen",
  closed: "Die Registrierung ist geschlossen: Nur eingeladene Personen können ein Konto anlegen.",
  open: "Die Registrierung ist offen: Jeder kann ein Konto anlegen. Niemand braucht eine Einladung.",
  toClose: (setting) =>
    `Um nur eingeladene Personen zuzulassen, setzen Sie ${setting} und starten Sie neu.`,
  email: "E-Mail-Adresse",
  add: "Einladung hinzufügen",
  noMail: "Wir verschicken keine E-Mail.",
  tell: (address) =>
    `Sagen Sie der Person, dass sie sich auf ${address} mit dieser E-Mail-Adresse anmelden soll.`,
  copyLink: "Link kopieren",
  copied: "Link kopiert",
  notCopied: (link) => `Kopieren Sie diesen Link: ${link}`,
  list: "Offene Einladungen",
  expiry: (days) =>
    `Die erste Anmeldung löst eine Einladung ein. Sie läuft nach ${plural(days, DAYS)} ab.`,
  none: "Keine offenen Einladungen",
  times: (invited, expires) => `Eingeladen: ${invited} · Läuft ab: ${expires}`,
  revoke: "Widerrufen",
  revokeFor: (email) => `Einladung für ${email} widerrufen`,
  badEmail: "Geben Sie eine E-Mail-Adresse wie ada@example.com ein.",
  otherDomain: (email, domain) =>
    `${email} kann sich hier nicht anmelden: Das können nur Konten von ${domain} (GOOGLE_HOSTED_DOMAIN).`,
  notAllowed: (email) =>
    `${email} kann sich hier nicht anmelden: Die Adresse fehlt in ALLOWED_EMAILS.`,
  isRevoked: "Diese Einladung war schon widerrufen.",
  done: {
    added: (email) => `Einladung für ${email} hinzugefügt`,
    already: (email) => `${email} ist schon eingeladen`,
    revoked: "Einladung widerrufen",
  },
};
