import { readDomain, readEmailAddress } from "../auth/email_address.ts";
import { lineOfText } from "./brand.ts";
import type { ReadVariable } from "./reader.ts";
import * as read from "./values.ts";

/** Who may open a protected application: one who is in any of these groups. */
export interface SiteAudience {
  readonly members: boolean;
  readonly admins: boolean;
  /** Addresses and domains, which count only where Google is authoritative. */
  readonly emails: read.EmailList;
}

/** An application of others that Foyer protects. */
export interface Site {
  readonly origin: string;
  /** What people call it; its host unless the operator says more. */
  readonly name: string;
  readonly audience: SiteAudience;
}

/** What Foyer protects beside itself. */
export interface ForwardAuth {
  readonly sites: readonly Site[];
  /** The domain that all protected hosts share, which the access cookie is set for; `null`: Foyer's own host only. */
  readonly cookieDomain: string | null;
}

/** Reads the variables about protected applications. */
export function readForwardAuth(variable: ReadVariable): ForwardAuth {
  return {
    sites: variable<readonly Site[]>("FORWARD_AUTH_ORIGINS", sites, []),
    cookieDomain: variable<string | null>("COOKIE_DOMAIN", cookieDomain, null),
  };
}

/** Browsers refuse a cookie for an address or for a name of one part. Which longer names are public they know better. */
function cookieDomain(text: string): string {
  const name = read.domain(text);
  const isAddress = URL.parse(`http://${name}`)?.hostname !== name || /^[\d.]+$/.test(name);
  if (!isAddress) return name;
  throw new TypeError(`must be a domain like example.com, not the address "${text}"`);
}

/** Parses comma-separated entries: an origin, perhaps a name in quotes, and who may open it. */
function sites(text: string): Site[] {
  const known = new Set<string>();
  return splitEntries(text).map((entry) => {
    const one = site(entry);
    if (known.has(one.origin)) throw new TypeError(`names ${one.origin} twice`);
    known.add(one.origin);
    return one;
  });
}

/** Splits at commas that are not within quotes. */
function splitEntries(text: string): string[] {
  const parts = text.split('"');
  if (parts.length % 2 === 0) throw new TypeError("has a quotation mark without its second one");
  const entries = [""];
  for (const [index, part] of parts.entries()) {
    const [first = "", ...more] = index % 2 === 0 ? part.split(",") : [`"${part}"`];
    entries[entries.length - 1] += first;
    entries.push(...more);
  }
  return entries.map((entry) => entry.trim());
}

function site(entry: string): Site {
  const [before = "", name, after = "", ...more] = entry.split('"');
  const [address = "", ...early] = words(before);
  if (address === "") throw new TypeError("has an empty entry between two commas or at an end");
  const origin = originOf(address);
  if (more.length > 0 || (name !== undefined && early.length > 0)) {
    throw new TypeError(`must have one name in quotes, right after ${origin}`);
  }
  const audience = audienceOf([...early, ...words(after)], origin);
  const ownName = name === undefined ? new URL(origin).host : nameOf(name, origin);
  return { origin, name: ownName, audience };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function originOf(text: string): string {
  if (text.includes("*")) throw new TypeError(`has "${text}": name each origin by itself`);
  try {
    return read.origin(text);
  } catch (error) {
    throw new TypeError(`has an entry that ${(error as Error).message}`);
  }
}

function nameOf(text: string, origin: string): string {
  try {
    return lineOfText(60)(text);
  } catch (error) {
    throw new TypeError(`has a name for ${origin} that ${(error as Error).message}`);
  }
}

function audienceOf(groups: string[], origin: string): SiteAudience {
  if (groups.length === 0) {
    throw new TypeError(`does not say who may open ${origin}: members, admins, @domain or address`);
  }
  const addresses = new Set<string>();
  const domains = new Set<string>();
  for (const group of groups.filter((one) => one !== "members" && one !== "admins")) {
    const domain = group.startsWith("@") ? readDomain(group.slice(1)) : null;
    const address = readEmailAddress(group);
    if (domain !== null) domains.add(domain);
    else if (address !== null) addresses.add(address);
    else {
      throw new TypeError(
        `has "${group}" for ${origin}, which is not members, admins, @domain or an address`,
      );
    }
  }
  return {
    members: groups.includes("members"),
    admins: groups.includes("admins"),
    emails: { addresses, domains },
  };
}

/** What of this contradicts the public `origin`, a sentence each. */
export function findSiteConflicts({ sites, cookieDomain }: ForwardAuth, origin: string): string[] {
  const own = new URL(origin);
  if (cookieDomain === null) {
    return sites
      .filter((one) => new URL(one.origin).hostname !== own.hostname)
      .map(
        (one) =>
          `FORWARD_AUTH_ORIGINS has ${one.origin}, another host than ORIGIN: set COOKIE_DOMAIN to the domain that both share`,
      );
  }
  const conflicts = own.protocol === "https:" ? [] : ["COOKIE_DOMAIN needs an https ORIGIN"];
  for (const name of [origin, ...sites.map((one) => one.origin)]) {
    const { protocol, hostname } = new URL(name);
    const isWithin = hostname === cookieDomain || hostname.endsWith(`.${cookieDomain}`);
    if (!isWithin) conflicts.push(`${name} is not within COOKIE_DOMAIN "${cookieDomain}"`);
    else if (protocol !== "https:" && name !== origin) {
      conflicts.push(`FORWARD_AUTH_ORIGINS has ${name}, but COOKIE_DOMAIN needs https`);
    }
  }
  return conflicts;
}
