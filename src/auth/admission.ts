import type { PeoplePolicy } from "../../db/contract/people.ts";
import type { Config } from "../config.ts";
import type { Site } from "../config/sites.ts";
import type { EmailList } from "../config/values.ts";
import { asciiLowerCase } from "./email_address.ts";
import type { GoogleIdentity } from "./id_token.ts";

/** The settings that decide who may sign in. */
export type AdmissionPolicy = Pick<Config, "googleHostedDomain" | "allowedEmails" | "adminEmails">;

/** A person is admitted, or refused with a code and a reason for the log. */
export type Admission =
  | { admitted: true; isAdmin: boolean }
  | { admitted: false; code: "domain_not_allowed" | "email_not_allowed"; reason: string };

/** The facts that admission depends on, from an ID token or from the database. */
export type AdmissionFacts = Pick<GoogleIdentity, "email" | "hostedDomain">;

/** Whether `identity` may sign in under `policy`. Configured admins are always admitted. */
export function admit(identity: AdmissionFacts, policy: AdmissionPolicy): Admission {
  if (isConfiguredAdmin(identity, policy)) return { admitted: true, isAdmin: true };
  if (policy.googleHostedDomain !== null) {
    const domain = identity.hostedDomain && asciiLowerCase(identity.hostedDomain);
    if (domain !== policy.googleHostedDomain) {
      return refuse("domain_not_allowed", domain ? "another hosted domain" : "no hosted domain");
    }
  }
  if (policy.allowedEmails !== null) {
    if (!isListed(identity, policy.allowedEmails))
      return refuse("email_not_allowed", "the address is not listed");
    if (!isGoogleAuthoritative(identity)) {
      return refuse("email_not_allowed", "listed, but Google is not authoritative for the address");
    }
  }
  return { admitted: true, isAdmin: false };
}

/** Whether a list has an address or its domain. Only where Google is authoritative does that say who a person is. */
function isListed({ email }: AdmissionFacts, { addresses, domains }: EmailList): boolean {
  const address = asciiLowerCase(email);
  return addresses.has(address) || domains.has(address.slice(address.indexOf("@") + 1));
}

/** Whether a person may open a protected application: anyone else is refused. */
export function mayOpenSite(
  { user, isAdmin }: { user: AdmissionFacts; isAdmin: boolean },
  { audience: { members, admins, emails } }: Pick<Site, "audience">,
): boolean {
  if (members || (admins && isAdmin)) return true;
  return isListed(user, emails) && isGoogleAuthoritative(user);
}

/** The protected applications that a person may open. */
export function sitesOf(
  person: Parameters<typeof mayOpenSite>[0],
  { sites }: { sites: readonly Site[] },
): Site[] {
  return sites.filter((site) => mayOpenSite(person, site));
}

/** Whether `ADMIN_EMAILS` makes a person an admin: while it lists an address that Google is authoritative for. */
export function isConfiguredAdmin(
  identity: AdmissionFacts,
  { adminEmails }: Pick<AdmissionPolicy, "adminEmails">,
): boolean {
  return adminEmails.has(asciiLowerCase(identity.email)) && isGoogleAuthoritative(identity);
}

/**
 * Whether Google vouches that the address still belongs to this person: it is at gmail.com, or Google hosts
 * its domain.
 *
 * @see https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
export function isGoogleAuthoritative({ email, hostedDomain }: AdmissionFacts): boolean {
  return hostedDomain !== null || asciiLowerCase(email).endsWith("@gmail.com");
}

function refuse(code: "domain_not_allowed" | "email_not_allowed", reason: string): Admission {
  return { admitted: false, code, reason };
}

/** The admission rules in `config`, in the form that the store takes. */
export function peoplePolicy(config: AdmissionPolicy): PeoplePolicy {
  return {
    configuredAdmins: config.adminEmails,
    admit(person) {
      const admission = admit(person, config);
      return { mayEnter: admission.admitted, isAdmin: admission.admitted && admission.isAdmin };
    },
  };
}
