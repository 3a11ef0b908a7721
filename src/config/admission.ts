import type { ReadVariable } from "./reader.ts";
import * as read from "./values.ts";

/** Who may sign in, and who is an administrator. */
export interface AdmissionSettings {
  readonly googleHostedDomain: string | null;
  /** Who may sign in; `null` means everyone. */
  readonly allowedEmails: read.EmailList | null;
  readonly adminEmails: ReadonlySet<string>;
}

/** Reads the variables about who may sign in. */
export function readAdmission(variable: ReadVariable): AdmissionSettings {
  return {
    googleHostedDomain: variable("GOOGLE_HOSTED_DOMAIN", read.domain, null),
    allowedEmails: variable("ALLOWED_EMAILS", read.emailList, null),
    adminEmails: variable("ADMIN_EMAILS", read.addresses, new Set<string>()),
  };
}
