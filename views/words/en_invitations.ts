import { createFormats } from "./formats.ts";
import type { Markup } from "./markup.ts";

const { plural } = createFormats("en-GB");
const DAYS = { one: "day", other: "days" };

/** The words of the page of invitations, in English. */
export const EN_INVITATIONS = {
  title: "Invitations",
  lead: "Who may create an account.",
  invite: "Invite someone",
  closed: "Sign-up is closed: only invited people can create an account.",
  open: "Sign-up is open: anyone can create an account. No one needs an invitation.",
  toClose: (setting: Markup): Markup => `To allow only invited people, set ${setting} and restart.`,
  email: "Email",
  add: "Add invitation",
  noMail: "We don’t send an email.",
  tell: (address: Markup): Markup => `Tell the person to sign in at ${address} with this address.`,
  copyLink: "Copy link",
  copied: "Link copied",
  notCopied: (link: string) => `Copy this link: ${link}`,
  list: "Open invitations",
  expiry: (days: number) =>
    `An invitation is used up by the first sign-in. It expires after ${plural(days, DAYS)}.`,
  none: "No open invitations",
  times: (invited: Markup, expires: Markup): Markup => `Invited ${invited} · Expires ${expires}`,
  revoke: "Revoke",
  revokeFor: (email: string) => `Revoke invitation for ${email}`,
  badEmail: "Enter an email like ada@example.com.",
  otherDomain: (email: string, domain: string) =>
    `${email} can’t sign in here: only accounts of ${domain} can (GOOGLE_HOSTED_DOMAIN).`,
  notAllowed: (email: string) => `${email} can’t sign in here: ALLOWED_EMAILS leaves it out.`,
  isRevoked: "This invitation was already revoked.",
  done: {
    added: (email: string) => `Invitation added for ${email}`,
    already: (email: string) => `${email} is invited already`,
    revoked: "Invitation revoked",
  },
};
