import { METHOD_NAMES, type MethodName } from "../auth/session_claims.ts";
import type { ReadVariable } from "./reader.ts";
import * as read from "./values.ts";

/** Who may sign in, and who is an administrator. */
export interface AdmissionSettings {
  readonly googleHostedDomain: string | null;
  /** Who may sign in; `null` means everyone. */
  readonly allowedEmails: read.EmailList | null;
  readonly adminEmails: ReadonlySet<string>;
  /** How administrators sign in to Google in order to act, one of these is enough; `null`: anyhow. */
  readonly adminAmr: ReadonlySet<MethodName> | null;
}

/** Reads the variables about who may sign in. */
export function readAdmission(variable: ReadVariable): AdmissionSettings {
  return {
    googleHostedDomain: variable("GOOGLE_HOSTED_DOMAIN", read.domain, null),
    allowedEmails: variable("ALLOWED_EMAILS", read.emailList, null),
    adminAmr: variable("ADMIN_AMR", methodNames, null),
    adminEmails: variable("ADMIN_EMAILS", read.addresses, new Set<string>()),
  };
}

/** Parses comma-separated methods. A misspelt one would lock every administrator out of acting. */
function methodNames(text: string): Set<MethodName> {
  return new Set(text.split(",").map((name) => methodName(name.trim())));
}

function methodName(text: string): MethodName {
  const known = METHOD_NAMES.find((name) => name === text);
  if (known) return known;
  throw new TypeError(`has "${text}", which is none of ${METHOD_NAMES.join(", ")}`);
}
