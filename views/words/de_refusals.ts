import type { RefusalKind } from "../refusal_steps.ts";
import type { RefusalParts, RefusalWords } from "../refusal_words.ts";

const NOT_FINISHED = {
  title: "Die Anmeldung wurde nicht fertig",
  text: "Bitte versuchen Sie es noch einmal.",
};
const TOO_OLD = { title: "Diese Anmeldung ist zu alt", text: "Bitte melden Sie sich neu an." };
const NOT_CHECKED = {
  title: "Wir konnten die Antwort von Google nicht prüfen",
  text: "Bitte melden Sie sich neu an.",
};
const NOT_ACCEPTED = {
  title: "Wir konnten diese Anfrage nicht annehmen",
  text: "Laden Sie die Seite neu, und versuchen Sie es noch einmal.",
};
const NOT_FOUND = {
  title: "Seite nicht gefunden",
  text: "Der Link ist vielleicht falsch, oder die Seite gibt es nicht mehr.",
};

const account = ({ email }: RefusalParts) => email ?? "diesem Konto";

/** What a person reads about each refusal, in German. */
export const DE_REFUSALS: Record<RefusalKind, RefusalWords> = {
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
    title: "Die Uhr dieses Geräts oder unseres Servers geht falsch",
    text: "Prüfen Sie die Uhrzeit, und versuchen Sie es dann noch einmal.",
  },
  sign_in_not_begun: {
    title: "Beginnen Sie die Anmeldung neu",
    text: "Diese Seite schließt eine Anmeldung nur ab.",
  },
  not_signed_in: {
    title: "Melden Sie sich an, um diese Seite zu öffnen",
    text: "Diese Seite ist für Mitglieder.",
  },
  email_unverified: {
    title: "Bestätigen Sie zuerst Ihre E-Mail-Adresse",
    text: ({ email }) =>
      `Google hat ${email ?? "Ihre E-Mail-Adresse"} noch nicht bestätigt, deshalb können wir Sie damit nicht anmelden. Bestätigen Sie sie in Ihrem Google-Konto, und melden Sie sich dann hier neu an.`,
  },
  domain_not_allowed: {
    title: "Mit diesem Konto können Sie sich nicht anmelden",
    text: (parts) =>
      `Mit ${account(parts)} können Sie sich hier nicht anmelden. Nutzen Sie Ihr dienstliches Konto.`,
  },
  email_not_allowed: {
    title: "Mit diesem Konto können Sie sich nicht anmelden",
    text: (parts) =>
      `Mit ${account(parts)} können Sie sich hier nicht anmelden.${parts.contact ? ` Zugang bekommen Sie über ${parts.contact}.` : ""}`,
  },
  sign_up_closed: {
    title: "Sie brauchen eine Einladung",
    text: (parts) =>
      `Zu ${account(parts)} gibt es hier noch kein Konto. Neue Konten brauchen eine Einladung.`,
  },
  user_disabled: {
    title: "Dieses Konto ist gesperrt",
    text: ({ email, date }) =>
      `Ein Admin hat ${email ?? "dieses Konto"}${date ? ` am ${date}` : ""} gesperrt. Ihre Daten sind noch da.`,
  },
  disabled_by_google: {
    title: "Dieses Konto ist gesperrt",
    text: ({ email }) =>
      `Google hat ${email ?? "Ihr Konto"} gesperrt. Beheben Sie das in Ihrem Google-Konto, und melden Sie sich dann neu an.`,
  },
  not_allowed: {
    title: "Sie können diese Seite nicht öffnen",
    text: "Ihr Konto hat keinen Zugang dazu.",
  },
  not_administrator: { title: "Nur Admins können diese Seite öffnen" },
  recent_sign_in_needed: {
    title: "Melden Sie sich dafür neu an",
    text: "Ihre Anmeldung ist mehr als 10 Minuten her.",
  },
  cross_origin: NOT_ACCEPTED,
  not_a_form: NOT_ACCEPTED,
  damaged_request: NOT_ACCEPTED,
  not_found: NOT_FOUND,
  bad_parameter: NOT_FOUND,
  method_not_allowed: NOT_FOUND,
  signed_in_as_another: {
    title: ({ email }) => `Sie sind jetzt als ${email ?? "jemand anders"} angemeldet`,
    text: "Es wurde nichts geändert.",
  },
  last_administrator: {
    title: "Sie sind der einzige Admin",
    text: "Machen Sie zuerst jemand anders zum Admin.",
  },
  administrator_by_configuration: {
    title: "Dieser Admin steht in ADMIN_EMAILS und kann hier nicht geändert werden",
  },
  bad_value: {
    title: "Eine Angabe fehlt oder ist ungültig",
    text: "Prüfen Sie Ihre Eingabe, und versuchen Sie es noch einmal.",
  },
  body_too_large: { title: "Das ist zu lang", text: "Bitte senden Sie weniger." },
  too_many_requests: { title: "Zu viele Versuche", text: "Bitte warten Sie 1 Minute." },
  internal_error: {
    title: "Etwas ist schiefgegangen",
    text: "Das ist unser Fehler, nicht Ihrer. Bitte versuchen Sie es in einer Minute noch einmal.",
  },
  keys_unavailable: {
    title: "Wir erreichen Google gerade nicht",
    text: "Bitte versuchen Sie es gleich noch einmal.",
  },
  database_unavailable: {
    title: "Wir können das gerade nicht laden",
    text: "Bitte versuchen Sie es gleich noch einmal.",
  },
};
