import type { PeoplePolicy } from "../../db/contract/people.ts";
import type { Config } from "../config.ts";
import { asciiLowerCase } from "./email_address.ts";
import type { GoogleIdentity } from "./id_token.ts";

/** What decides who may enter. */
export type AdmissionPolicy = Pick<Config, "googleHostedDomain" | "allowedEmails" | "adminEmails">;

/** Somebody may enter, or the code with which they are refused and the reason for the log. */
export type Admission =
  | { admitted: true; isAdmin: boolean }
  | { admitted: false; code: "domain_not_allowed" | "email_not_allowed"; reason: string };

/** What of a person decides whether they may enter: as Google says it, or as it was stored of them. */
export type AdmissionFacts = Pick<GoogleIdentity, "email" | "hostedDomain">;

/** Whether `identity` may enter under `policy`. Who stands in `ADMIN_EMAILS` may, whatever else is set. */
export function admit(identity: AdmissionFacts, policy: AdmissionPolicy): Admission {
  const email = asciiLowerCase(identity.email);
  const isAuthoritative = isGoogleAuthoritative(identity);
  if (isConfiguredAdmin(identity, policy)) return { admitted: true, isAdmin: true };
  if (policy.googleHostedDomain !== null) {
    const domain = identity.hostedDomain && asciiLowerCase(identity.hostedDomain);
    if (domain !== policy.googleHostedDomain) {
      return refuse("domain_not_allowed", domain ? "another hosted domain" : "no hosted domain");
    }
  }
  if (policy.allowedEmails !== null) {
    const { addresses, domains } = policy.allowedEmails;
    const isListed = addresses.has(email) || domains.has(email.slice(email.indexOf("@") + 1));
    if (!isListed) return refuse("email_not_allowed", "the address is not listed");
    if (!isAuthoritative) {
      return refuse("email_not_allowed", "listed, but Google is not authoritative for the address");
    }
  }
  return { admitted: true, isAdmin: false };
}

/** Whether the configuration makes somebody an administrator: for as long as their address stands there. */
export function isConfiguredAdmin(
  identity: AdmissionFacts,
  { adminEmails }: Pick<AdmissionPolicy, "adminEmails">,
): boolean {
  return adminEmails.has(asciiLowerCase(identity.email)) && isGoogleAuthoritative(identity);
}

/**
 * Whether Google itself vouches that the address is still this person's: it is at gmail.com, or its domain
 * is hosted by Google.
 *
 * @see https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
export function isGoogleAuthoritative({ email, hostedDomain }: AdmissionFacts): boolean {
  return hostedDomain !== null || asciiLowerCase(email).endsWith("@gmail.com");
}

function refuse(code: "domain_not_allowed" | "email_not_allowed", reason: string): Admission {
  return { admitted: false, code, reason };
}

/** What the settings say of people, in the store's words. */
export function peoplePolicy(config: Config): PeoplePolicy {
  return {
    configuredAdmins: config.adminEmails,
    admit(person) {
      const admission = admit(person, config);
      return { mayEnter: admission.admitted, isAdmin: admission.admitted && admission.isAdmin };
    },
  };
}
