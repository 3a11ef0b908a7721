import type { Config } from "../config.ts";
import { ANSWERED_BY } from "./headers.ts";

export const POLICY = "Content-Security-Policy";

/** A policy that only tells the browser's console what it would refuse. */
const REPORT_ONLY = "Content-Security-Policy-Report-Only";

/** Text that a script writes as HTML must have come by the policy of views/browser/page/trusted.ts. */
const TRUSTED_TYPES = "require-trusted-types-for 'script'";

/** Headers that only documents need, beside the policy. They would be most of the weight of a small answer. */
export const DOCUMENT_HEADERS = [
  REPORT_ONLY,
  "Cross-Origin-Opener-Policy",
  "Permissions-Policy",
  "Referrer-Policy",
];

/** The only sources of people's pictures: Google, and the stand-in in development. */
function pictureSources(config: Config): string[] {
  const standIn = config.googleAccountsUrl.startsWith("http:") ? [config.googleAccountsUrl] : [];
  return ["https://*.googleusercontent.com", ...standIn];
}

/** What nearly every picture of Google's looks like. It needs no parsing. */
const PLAIN_PICTURE = /^https:\/\/[a-z0-9-]+\.googleusercontent\.com\/[\w/=-]*$/;

/** `picture` if the page may show it, else `null`: its URL comes from outside. */
export function allowedPicture(picture: string | null, config: Config): string | null {
  if (picture === null || PLAIN_PICTURE.test(picture)) return picture;
  const url = URL.parse(picture);
  if (!url) return null;
  const isGoogles =
    url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".googleusercontent.com");
  return isGoogles || pictureSources(config).includes(url.origin) ? url.href : null;
}

/** The Google sources that `GOOGLE_SIGN_IN` needs: FedCM only fetches Google's configuration (`connect-src`). */
function googleSources({ googleAccountsUrl, googleSignIn }: Config): string[] {
  const gsi = `${googleAccountsUrl}/gsi/`;
  if (googleSignIn === "fedcm") {
    return [
      "script-src 'self'",
      "style-src 'self'",
      `connect-src 'self' ${gsi}fedcm.json`,
      TRUSTED_TYPES,
      "trusted-types foyer",
    ];
  }
  return [
    `script-src 'self' ${gsi}client`,
    `style-src 'self' ${gsi}style`,
    `connect-src 'self' ${gsi}`,
    `frame-src ${gsi}`,
  ];
}

/** Allows FedCM only. Google's frame may use it too, where there is one. */
function permissions({ googleAccountsUrl, googleSignIn }: Config): string {
  const google = googleSignIn === "fedcm" ? "" : ` "${googleAccountsUrl}"`;
  const refused = ["camera", "geolocation", "microphone", "payment", "usb"];
  return [`identity-credentials-get=(self${google})`, ...refused.map((name) => `${name}=()`)].join(
    ", ",
  );
}

/** Where protected applications may be. Naming each would tell strangers which there are. */
function siteSources({ origin, cookieDomain, sites }: Config): string[] {
  if (sites.length === 0) return [];
  if (cookieDomain !== null) return [`https://${cookieDomain}:*`, `https://*.${cookieDomain}:*`];
  const { protocol, hostname } = new URL(origin);
  return [`${protocol}//${hostname}:*`];
}

/**
 * The policy of every answer: as wide as the Google button needs and no wider. With `leadsToSites`, the page has a form
 * whose answer redirects to a protected application: Chromium applies `form-action` to all redirects.
 *
 * @see https://developers.google.com/identity/gsi/web/guides/get-google-api-clientid#content_security_policy
 */
export function contentPolicy(config: Config, { leadsToSites = false } = {}): string {
  const formTargets = ["'self'", ...(leadsToSites ? siteSources(config) : [])];
  return [
    "default-src 'none'",
    ...googleSources(config),
    `img-src 'self' ${pictureSources(config).join(" ")}`,
    "manifest-src 'self'",
    `form-action ${formTargets.join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The headers of every answer: a document, a part of one, or a file, whose content is no page. */
export function answerHeaders(config: Config) {
  const document: Record<string, string> = { ...securityHeaders(config), ...ANSWERED_BY };
  const fragment = { ...document };
  for (const name of DOCUMENT_HEADERS) delete fragment[name];
  const { [POLICY]: _, ...file } = fragment;
  return { document, fragment, file };
}

/** What browsers are told about the security of a document. */
export function securityHeaders(config: Config): Record<string, string> {
  const isHttps = config.origin.startsWith("https:");
  return {
    [POLICY]: contentPolicy(config),
    // Google's script is not ours to hold to it.
    ...(config.googleSignIn === "fedcm" ? {} : { [REPORT_ONLY]: TRUSTED_TYPES }),
    // Google's popup sends its answer to its opener.
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissions(config),
    // On http://localhost Google reads the origin from the referrer.
    "Referrer-Policy": isHttps ? "strict-origin-when-cross-origin" : "no-referrer-when-downgrade",
    "X-Content-Type-Options": "nosniff",
    ...(isHttps ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  };
}
