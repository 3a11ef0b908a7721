import type { RefusalKind } from "../refusal_steps.ts";
import type { RefusalParts, RefusalWords } from "../refusal_words.ts";

const NOT_FINISHED = { title: "Sign-in did not finish", text: "Please try again." };
const TOO_OLD = { title: "This sign-in is too old", text: "Please sign in again." };
const NOT_CHECKED = { title: "We could not check Google’s answer", text: "Please sign in again." };
const NOT_ACCEPTED = {
  title: "We could not accept this request",
  text: "Reload the page and try again.",
};
const NOT_FOUND = {
  title: "Page not found",
  text: "The link may be wrong, or the page is no longer there.",
};

const account = ({ email }: RefusalParts) => email ?? "This account";

/** What a person reads about each refusal, in English. */
export const EN_REFUSALS: Record<RefusalKind, RefusalWords> = {
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
    title: "The clock of this device or our server is wrong",
    text: "Check the time, then try again.",
  },
  sign_in_not_begun: { title: "Start signing in again", text: "This page only ends a sign-in." },
  not_signed_in: { title: "Sign in to open this page", text: "This page is for members." },
  email_unverified: {
    title: "Verify your email first",
    text: ({ email }) =>
      `Google has not verified ${email ?? "your email"} yet, so we can’t sign you in with it. Verify it in your Google account, then come back and sign in again.`,
  },
  domain_not_allowed: {
    title: "You can’t sign in with this account",
    text: (parts) => `${account(parts)} can’t sign in here. Use your work account.`,
  },
  email_not_allowed: {
    title: "You can’t sign in with this account",
    text: (parts) =>
      `${account(parts)} can’t sign in here.${parts.contact ? ` Ask ${parts.contact} for access.` : ""}`,
  },
  sign_up_closed: {
    title: "You need an invitation",
    text: (parts) => `${account(parts)} has no account here yet. New accounts need an invitation.`,
  },
  user_disabled: {
    title: "This account is disabled",
    text: ({ email, date }) =>
      `An admin disabled ${email ?? "this account"}${date ? ` on ${date}` : ""}. Your data is still there.`,
  },
  disabled_by_google: {
    title: "This account is disabled",
    text: ({ email }) =>
      `Google has disabled ${email ?? "your account"}. Fix it in your Google account, then sign in again.`,
  },
  not_allowed: { title: "You can’t open this page", text: "Your account has no access to it." },
  not_administrator: { title: "Only admins can open this page" },
  recent_sign_in_needed: {
    title: "Sign in again to do this",
    text: "You signed in more than 10 minutes ago.",
  },
  cross_origin: NOT_ACCEPTED,
  not_a_form: NOT_ACCEPTED,
  damaged_request: NOT_ACCEPTED,
  not_found: NOT_FOUND,
  bad_parameter: NOT_FOUND,
  method_not_allowed: NOT_FOUND,
  signed_in_as_another: {
    title: ({ email }) => `You are now signed in as ${email ?? "someone else"}`,
    text: "Nothing was changed.",
  },
  last_administrator: {
    title: "You are the only admin",
    text: "Make someone else admin first.",
  },
  administrator_by_configuration: {
    title: "This admin is set by ADMIN_EMAILS and can’t be changed here",
  },
  bad_value: {
    title: "A value is missing or not valid",
    text: "Check what you entered, then try again.",
  },
  body_too_large: { title: "This is too long", text: "Please send less." },
  too_many_requests: { title: "Too many attempts", text: "Please wait 1 minute." },
  internal_error: {
    title: "Something went wrong",
    text: "It is our mistake, not yours. Please try again in a minute.",
  },
  keys_unavailable: { title: "We can’t reach Google right now", text: "Please try again soon." },
  database_unavailable: { title: "We can’t load this right now", text: "Please try again soon." },
};
