import { readDomain, readEmailAddress } from "../auth/email_address.ts";

/** About ten years: enough for every session setting, and milliseconds stay exact. */
export const MAX_SECONDS = 315_360_000;

const HOST_NAME =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** Addresses and whole domains, in ASCII lower case; domains without the `@`. */
export interface EmailList {
  readonly addresses: ReadonlySet<string>;
  readonly domains: ReadonlySet<string>;
}

/** Parses a whole decimal number from `least` to `most`. */
export function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new RangeError(`must be a whole number from ${least} to ${most}, not "${text}"`);
  };
}

/** Parses one of `names`, case-sensitive. */
export function oneOf<T extends string>(names: readonly T[]): (text: string) => T {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new RangeError(`must be ${names.join(" or ")}, not "${text}"`);
  };
}

/** Parses an http or https URL, and normalizes it. */
export function url(text: string): string {
  const parsed = URL.parse(text);
  if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password) {
    return parsed.href;
  }
  throw new TypeError(`must be an http or https URL, not "${withoutPassword(text)}"`);
}

/** Parses an origin: https, or http on a loopback host. Accepts a slash at the end. */
export function origin(text: string): string {
  const parsed = URL.parse(text);
  const shown = withoutPassword(text);
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.pathname !== "/") {
    const why = "Foyer serves a whole origin, and sub-paths are not supported";
    throw new TypeError(`must have no path, not "${shown}": ${why}`);
  }
  if (!parsed || parsed.href.replace(/\/$/, "") !== parsed.origin) {
    throw new TypeError(`must be an origin like https://app.example.com, not "${shown}"`);
  }
  if (parsed.protocol === "https:") return parsed.origin;
  if (parsed.protocol === "http:" && isLoopback(parsed.hostname)) return parsed.origin;
  throw new TypeError(`must use https (http is allowed for localhost only), not "${text}"`);
}

/** Whether `hostname` is a loopback name or address, which no other machine can reach. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "::1" ||
    name === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}

/** Parses a host name or an IP address to listen on. */
export function host(text: string): string {
  const unbracketed = text.replace(/^\[(.*)\]$/, "$1");
  if (HOST_NAME.test(unbracketed) || URL.canParse(`http://[${unbracketed}]`)) return unbracketed;
  throw new TypeError(`must be a host name or an IP address, not "${text}"`);
}

/** Where a server listens. */
export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** Parses a port on loopback, or `HOST:PORT`; an IPv6 address stands in brackets. */
export function listening(text: string): Listening {
  const end = text.lastIndexOf(":");
  const port = integer(1, 65_535)(text.slice(end + 1));
  if (end < 0) return { host: "127.0.0.1", port };
  const name = text.slice(0, end);
  if (name.includes(":") && !/^\[.*\]$/.test(name)) {
    throw new TypeError(`must have an IPv6 address in brackets, not "${text}"`);
  }
  return { host: host(name), port };
}

/** Parses a Google client id: visible ASCII, and not a client secret. */
export function clientId(text: string): string {
  if (text.startsWith("GOCSPX-")) {
    throw new TypeError("holds the client secret: set it to the client id");
  }
  if (/^[\x21-\x7e]{1,255}$/.test(text)) return text;
  throw new TypeError("must be 1 to 255 visible ASCII characters");
}

/** Parses a domain name into lower case. */
export function domain(text: string): string {
  const name = readDomain(text);
  if (name !== null) return name;
  throw new TypeError(`must be a domain like example.com, not "${text}"`);
}

/** Parses comma-separated addresses into lower case. */
export function addresses(text: string): Set<string> {
  return new Set(items(text).map(address));
}

/** Parses comma-separated addresses and `@domains` into lower case. */
export function emailList(text: string): EmailList {
  const all = items(text);
  return {
    addresses: new Set(all.filter((item) => !item.startsWith("@")).map(address)),
    domains: new Set(
      all.filter((item) => item.startsWith("@")).map((item) => domain(item.slice(1))),
    ),
  };
}

function items(text: string): string[] {
  const all = text.split(",").map((item) => item.trim());
  if (all.every((item) => item !== "")) return all;
  throw new TypeError("has an empty entry between two commas or at an end");
}

function address(text: string): string {
  const known = readEmailAddress(text);
  if (known !== null) return known;
  throw new TypeError(`has an entry that is not an email address: "${text}"`);
}

/** A text without what stands before an `@` in an address. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/.*@/, "//…@");
}
