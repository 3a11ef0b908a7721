import type { Config } from "../config.ts";

/** The only places that people's pictures come from: Google's, and the stand-in's while there is one. */
function pictureSources(config: Config): string[] {
  const standIn = config.googleAccountsUrl.startsWith("http:") ? [config.googleAccountsUrl] : [];
  return ["https://*.googleusercontent.com", ...standIn];
}

/** `picture` if the page may show it, else `null`: a picture's address comes from outside. */
export function allowedPicture(picture: string | null, config: Config): string | null {
  const url = picture === null ? null : URL.parse(picture);
  if (!url) return null;
  const isGoogles =
    url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".googleusercontent.com");
  return isGoogles || pictureSources(config).includes(url.origin) ? url.href : null;
}

/**
 * The headers of every answer. The policy is as wide as the Google button needs and no wider.
 *
 * @see https://developers.google.com/identity/gsi/web/guides/get-google-api-clientid#content_security_policy
 */
export function securityHeaders(config: Config): Record<string, string> {
  const isHttps = config.origin.startsWith("https:");
  const gsi = `${config.googleAccountsUrl}/gsi/`;
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${gsi}client`,
    `style-src 'self' ${gsi}style`,
    `img-src 'self' ${pictureSources(config).join(" ")}`,
    `connect-src 'self' ${gsi}`,
    `frame-src ${gsi}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    // Google's popup answers its opener.
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    // On http://localhost Google reads the origin from the referrer.
    "Referrer-Policy": isHttps ? "strict-origin-when-cross-origin" : "no-referrer-when-downgrade",
    "X-Content-Type-Options": "nosniff",
    ...(isHttps ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  };
}
