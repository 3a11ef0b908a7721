import type { EN_SIGN_IN } from "./en_sign_in.ts";

/** The words of signing in and out, and of refusals, in German. */
export const DE_SIGN_IN: typeof EN_SIGN_IN = {
  signIn: {
    title: (name) => `Bei ${name} anmelden`,
    lead: "Nutzen Sie Ihr Google-Konto. Sie brauchen kein neues Passwort.",
    toOpen: (page) => `Anmelden, um „${page}“ zu öffnen`,
    forMembers: "Diese Seite ist für Mitglieder.",
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
};
