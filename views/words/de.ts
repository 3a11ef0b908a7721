import type { RefusalKind } from "../refusal_steps.ts";
import type { RefusalParts, RefusalWords } from "../refusal_words.ts";
import type { Words } from "./en.ts";
import { createFormats } from "./formats.ts";

const formats = createFormats("de-DE");
const { number, plural } = formats;
const SIGN_INS = { one: "Anmeldung", other: "Anmeldungen" };
const DAYS = { one: "Tag", other: "Tagen" };
const DEVICES = { one: "Gerät", other: "Geräte" };
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
  binding_missing: {
    title: "Ihr Browser konnte dieses Gerät nicht bestätigen",
    text: "Ihre Anmeldung gilt nur auf einem Gerät. Versuchen Sie es noch einmal. Wenn das nicht hilft, melden Sie sich neu an.",
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
  revoked_by_google: {
    title: "Bitte melden Sie sich neu an",
    text: ({ email }) =>
      `Google hat ${email ?? "Ihr Konto"} überall abgemeldet, seit diese Anmeldung begann.`,
  },
  not_allowed: {
    title: "Sie können diese Seite nicht öffnen",
    text: "Ihr Konto hat keinen Zugang dazu.",
  },
  not_administrator: { title: "Nur Admins können diese Seite öffnen" },
  site_not_allowed: {
    title: ({ site }) => `Sie können ${site ?? "diese Anwendung"} nicht öffnen`,
    text: (parts) =>
      `${parts.email ?? "Dieses Konto"} hat keinen Zugang dazu.${parts.contact ? ` Zugang bekommen Sie über ${parts.contact}.` : ""}`,
  },
  unknown_site: {
    title: "Diese Anwendung ist nicht eingerichtet",
    text: "Sie gehört nicht zu den Anwendungen, die sich mit dieser Anmeldung öffnen lassen.",
  },
  cookie_not_kept: {
    title: "Ihr Browser hat unser Cookie nicht behalten",
    text: "Erlauben Sie Cookies für diese Website, und versuchen Sie es noch einmal.",
  },
  recent_sign_in_needed: {
    title: "Melden Sie sich dafür neu an",
    text: "Ihre Anmeldung ist mehr als 10 Minuten her.",
  },
  stronger_sign_in_needed: {
    title: "Dafür brauchen Sie eine stärkere Anmeldung",
    text: ({ proofs }) =>
      `Admins müssen sich bei Google so anmelden: ${proofs ?? "Sicherheitsschlüssel"}. Melden Sie sich bei Google ab, dort auf diese Weise wieder an, und dann hier neu an.`,
  },
  sign_in_strength_unknown: {
    title: "Google hat nicht gesagt, wie Sie sich angemeldet haben",
    text: ({ proofs }) =>
      `Admins müssen sich bei Google so anmelden: ${proofs ?? "Sicherheitsschlüssel"}. Melden Sie sich neu an. Wenn diese Meldung wiederkommt, teilt uns Google nicht mit, wie Sie sich anmelden.`,
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
  binding_unavailable: {
    title: "Wir können dieses Gerät gerade nicht bestätigen",
    text: "Bitte versuchen Sie es gleich noch einmal.",
  },
};

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
  invitations: {
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
  },
  person: {
    all: "Alle Personen",
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
    mayReturn:
      "Danach kann sich diese Person neu anmelden. Soll sie ausgesperrt bleiben, lassen Sie das Konto gesperrt.",
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
  },
  events: {
    kinds: {
      signed_in: "Angemeldet",
      signed_out: "Abgemeldet",
      session_ended: "Gerät abgemeldet",
      sessions_ended: "Geräte abgemeldet",
      session_ended_by_suspicion: "Sitzung beendet: möglicher Diebstahl",
      session_ended_by_policy: "Sitzung beendet: nicht mehr zugelassen",
      session_bound: "Anmeldung an das Gerät gebunden",
      binding_missing: "Sitzung ohne ihr Gerät verwendet",
      binding_refused: "Gerät nicht bestätigt",
      policy_refusal: "Anmeldung abgelehnt",
      site_refusal: "Zugang zu Anwendung verweigert",
      disabled: "Konto gesperrt",
      enabled: "Konto entsperrt",
      administrator_made: "Admin-Rolle erteilt",
      administrator_unmade: "Admin-Rolle entzogen",
      invited: "Einladung hinzugefügt",
      invitation_withdrawn: "Einladung widerrufen",
      deleted: "Konto gelöscht",
      exported: "Daten heruntergeladen",
      backed_up: "Sicherung erstellt",
      restored: "Aus einer Sicherung wiederhergestellt",
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

    deletions: { not_used: "Lange nicht angemeldet" },

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
  },
  refusals,
  signIn: {
    title: (name) => `Bei ${name} anmelden`,
    lead: "Nutzen Sie Ihr Google-Konto. Sie brauchen kein neues Passwort.",
    pageTitle: "Anmelden",
    toOpen: (page) => `Anmelden, um „${page}“ zu öffnen`,
    forMembers: "Diese Seite ist für Mitglieder.",
    forApplication: (host) => `Nach der Anmeldung geht es weiter zu ${host}.`,
    continueWithGoogle: "Weiter mit Google",
    signInWithGoogle: "Über Google anmelden",
    trouble: (link) => `Klappt die Anmeldung nicht? ${link}`,
    googlePage: "Auf der Seite von Google anmelden",
    failed: (link) =>
      `Die Anmeldung hat nicht geklappt. Versuchen Sie es noch einmal, oder ${link}.`,
    failedLink: "nutzen Sie die Seite von Google",
    agreement: {
      terms: "Nutzungsbedingungen",
      privacy: "Datenschutzerklärung",
      both: (terms, privacy) => `${terms} und ${privacy}`,
      sentence: (documents) => `Wenn Sie fortfahren, stimmen Sie zu: ${documents}.`,
    },
    noWindow: {
      title: "Hat sich kein Fenster geöffnet?",
      text: "Vielleicht hat Ihr Browser es blockiert.",
      link: "Weiter auf der Seite von Google",
    },
    inApp: {
      title: "Öffnen Sie diese Seite in Ihrem Browser",
      text: "Google erlaubt keine Anmeldung in dieser App. Kopieren Sie den Link, und öffnen Sie ihn in Safari, Chrome oder Firefox.",
      address: "Link zu dieser Seite:",
      copy: "Link kopieren",
      copied: "Link kopiert",
      notCopied:
        "Ihr Browser erlaubt das Kopieren nicht. Wählen Sie den Link aus, und kopieren Sie ihn.",
      anyway: "Trotzdem hier versuchen",
    },
    repost: {
      title: "Sie werden angemeldet",
      heading: "Fast fertig",
      text: "Gehen Sie weiter, um die Anmeldung abzuschließen.",
      button: "Weiter",
    },
  },

  enter: {
    title: "Sie sind angemeldet",
    goOn: (name) => `Weiter zu ${name}`,
  },

  signOut: {
    title: "Abmelden",
    question: "Möchten Sie sich abmelden?",
    account: (email) => `Sie sind als ${email} angemeldet.`,
    everywhere:
      "Das meldet Sie auch bei allen Anwendungen ab, die Sie mit diesem Konto geöffnet haben.",
    stay: (name) => `Zurück zu ${name}`,
  },

  signedOut: {
    title: "Sie sind abgemeldet",
    seeYouSoon: (name) => (name ? `Bis bald, ${name}.` : "Bis bald."),
    onSharedComputer: (link) => `An einem gemeinsam genutzten Computer: ${link}.`,
    signOutOfGoogle: "auch von Google abmelden",
    back: (page) => `Zurück zu „${page}“`,
    deletedTitle: "Ihr Konto wurde gelöscht",
    deleted: "Wir speichern keine Daten mehr über Sie.",
    googleAccount: "Google-Konto",
    signInToGoBack: (page) => `Melden Sie sich an, um zu ${page} zurückzukehren.`,
    message: (reason) => `Sie sind abgemeldet. ${reason}`,
    ends: {
      idle: (duration) =>
        `Sie waren länger nicht aktiv (${duration}), deshalb haben wir Sie zum Schutz Ihres Kontos abgemeldet.`,
      too_old: (duration) =>
        `Ihre Anmeldung hat ihre längste Dauer erreicht (${duration}). Bitte melden Sie sich neu an.`,
      elsewhere: "Sie haben dieses Gerät von einem anderen aus abgemeldet.",
      admin: "Ein Admin hat Sie abgemeldet.",
      google: "Google hat ein Problem mit Ihrem Konto gemeldet.",
      policy: "Ihr Konto darf sich hier nicht mehr anmelden.",
      suspicion: (account) =>
        `Wir haben Sie abgemeldet, weil jemand eine alte Kopie Ihrer Sitzung benutzt hat. Wenn Sie das nicht waren, prüfen Sie Ihr ${account}.`,
    },
  },

  steps: {
    another_account: "Anderes Konto verwenden",
    same_account: "Neu anmelden",
    google_account: "Google-Konto öffnen",
    sign_in: "Neu anmelden",
    home: "Zur Startseite",
    reload: "Neu laden",
    retry: "Erneut versuchen",
    people: "Personen anzeigen",
    writeTo: (contact) => `An ${contact} schreiben`,
    trying: (seconds) => `Neuer Versuch in ${seconds} Sekunden…`,
    status: (status) => `Fehler ${status}`,
    wantToJoin: (contact) => `Möchten Sie dabei sein? ${contact}`,
    stillNotWorking: (contact) => `Hilft das nicht? ${contact}, und diese Nummer mitschicken:`,
    requestNumber: "Nummer der Anfrage:",
  },

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
    applications: "Ihre Anwendungen",
    applicationsText: "Sie stehen Ihnen offen, solange Sie hier angemeldet sind.",
    devices: "Ihre Geräte",
    devicesText: "Hier sind Sie angemeldet. Ein Gerät ist Ihnen unbekannt? Melden Sie es ab.",
    signOutOthers: "Andere Geräte abmelden",
    signOutEverywhere: "Überall abmelden",
    activity: "Letzte Sicherheitsereignisse",
    activityText: "Die letzten 30 Tage. Nur Sie und die Admins sehen sie.",
    data: "Ihre Daten",
    dataText: "Sie gehören Ihnen: Nehmen Sie sie mit, oder lassen Sie sie löschen.",
    keptFor: (days) => `Ihr Konto wird nach ${plural(days, DAYS)} ohne Anmeldung gelöscht.`,
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
    bound: "an dieses Gerät gebunden",
    active: (ago) => `Aktiv ${ago}`,
    signedIn: (ago) => `Angemeldet ${ago}`,
    signedInToGoogle: (ago) => `Bei Google angemeldet ${ago}`,
    howAtGoogle: "Bei Google angemeldet",
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

  proofs: {
    face: "Gesichtserkennung",
    fpt: "Fingerabdruck",
    geo: "Ort",
    hwk: "Sicherheitsschlüssel",
    iris: "Iris-Scan",
    kba: "Sicherheitsfrage",
    mca: "mehrere Kanäle",
    mfa: "Bestätigung in zwei Schritten",
    otp: "Einmalcode",
    pin: "PIN",
    pwd: "Passwort",
    rba: "Risikoprüfung",
    retina: "Netzhaut-Scan",
    sc: "Smartcard",
    sms: "Code per SMS",
    swk: "Software-Schlüssel",
    tel: "Telefonanruf",
    user: "Anwesenheitsprüfung",
    vbm: "Stimmerkennung",
    wia: "Windows-Anmeldung",
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
    sessions:
      "Die Geräte, auf denen Sie angemeldet sind, und was uns Google über Ihre Anmeldung bei Google gesagt hat.",
    events:
      "Was mit Ihrem Konto geschehen ist und was Sie getan haben, das Neueste zuerst. Hat jemand anderes gehandelt, steht nicht da, wer.",
    tables: "Was die Seiten dieser Anwendung über Sie speichern, nach Tabelle und Spalte.",
  },
};
