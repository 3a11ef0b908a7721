import { readFileSync } from "node:fs";

import { readEmailAddress } from "../auth/email_address.ts";
import type { ReadVariable } from "./reader.ts";
import { url } from "./values.ts";

/** A picture that the operator brings; an SVG is text, a PNG bytes. */
export interface Logo {
  readonly type: "image/svg+xml" | "image/png";
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** A way to reach the people who run the application. */
export interface Contact {
  readonly href: string;
  readonly label: string;
}

/** Whose application it is: all that visitors see of it. */
export interface Brand {
  readonly name: string;
  /** The one color that the others are made from, `#rrggbb`. */
  readonly color: string;
  /** Whether the color is the operator's, not the one in the stylesheet. */
  readonly isOwnColor: boolean;
  readonly logo: Logo | null;
  /** Without a headline or lead of the operator's, pages have words of their own. */
  readonly headline: string | undefined;
  readonly lead: string | undefined;
  readonly support: Contact | null;
  readonly privacyUrl: string | null;
  readonly termsUrl: string | null;
}

const DEFAULT_COLOR = "#9c4221";
const MAX_LOGO_BYTES = 65_536;
const PNG = "\x89PNG\r\n\x1a\n";

/** Reads the variables whose names begin with `APP_`. */
export function readBrand(variable: ReadVariable): Brand {
  const ownColor = variable("APP_COLOR", color, DEFAULT_COLOR);
  return {
    name: variable("APP_NAME", lineOfText(60), "Foyer"),
    color: ownColor,
    isOwnColor: ownColor !== DEFAULT_COLOR,
    logo: variable<Logo | null>("APP_LOGO", logo, null),
    headline: variable<string | undefined>("APP_HEADLINE", lineOfText(120), undefined),
    lead: variable<string | undefined>("APP_LEAD", lineOfText(400), undefined),
    support: variable<Contact | null>("APP_SUPPORT", contact, null),
    privacyUrl: variable<string | null>("APP_PRIVACY_URL", url, null),
    termsUrl: variable<string | null>("APP_TERMS_URL", url, null),
  };
}

/** Parses a text of 1 to `longest` characters on one line. */
export function lineOfText(longest: number): (value: string) => string {
  return (value) => {
    const trimmed = value.trim();
    if (trimmed !== "" && trimmed.length <= longest && !/[\p{Cc}\u2028\u2029]/u.test(trimmed)) {
      return trimmed.toWellFormed();
    }
    throw new TypeError(`must be 1 to ${longest} characters on one line`);
  };
}

function color(value: string): string {
  if (/^#[0-9a-f]{6}$/i.test(value)) return value.toLowerCase();
  throw new TypeError(`must be a color like ${DEFAULT_COLOR}, not "${value}"`);
}

function contact(value: string): Contact {
  const page = URL.parse(value);
  if (page) return { href: url(value), label: page.host + page.pathname.replace(/\/$/, "") };
  const address = readEmailAddress(value);
  if (address !== null) return { href: `mailto:${address}`, label: address };
  throw new TypeError(`must be an email address or an http or https URL, not "${value}"`);
}

function logo(path: string): Logo {
  const bytes = new Uint8Array(readFile(path));
  if (bytes.byteLength > MAX_LOGO_BYTES) throw new RangeError("must be a file of at most 64 KiB");
  if (Buffer.from(bytes).toString("latin1", 0, PNG.length) === PNG) {
    return { type: "image/png", body: bytes };
  }
  const body = Buffer.from(bytes).toString("utf8");
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*>\s*)?<svg[\s>]/.test(body.slice(0, 2000))) {
    return { type: "image/svg+xml", body };
  }
  throw new TypeError(`must be an SVG or PNG file, not "${path}"`);
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new TypeError(`cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
