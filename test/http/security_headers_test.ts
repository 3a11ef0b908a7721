import { describe, expect, test } from "bun:test";

import { type Environment, readConfig } from "../../src/config.ts";
import { allowedPicture, contentPolicy, securityHeaders } from "../../src/http/security_headers.ts";

const HTTPS = { ORIGIN: "https://app.example.com" };
const STAND_IN = { GOOGLE_ACCOUNTS_URL: "http://127.0.0.1:3001" };
const GOOGLE = "https://accounts.google.com";

const config = (env: Environment) => readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client", ...env });

describe("securityHeaders", () => {
  const HTTP_ALONE = { "Referrer-Policy": "no-referrer-when-downgrade" };
  const HTTPS_ALONE = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=31536000",
  };
  const script = (google: string) => [
    `script-src 'self' ${google}/gsi/client`,
    `style-src 'self' ${google}/gsi/style`,
    `connect-src 'self' ${google}/gsi/`,
    `frame-src ${google}/gsi/`,
  ];
  const fedcm = (google: string) => [
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${google}/gsi/fedcm.json`,
    "require-trusted-types-for 'script'",
    "trusted-types foyer",
  ];
  const standIn = STAND_IN.GOOGLE_ACCOUNTS_URL;

  /** What differs between the ways in: the sources, where pictures come from, and who may use FedCM. */
  interface Expected {
    sources: string[];
    pictures: string;
    users: string;
    others: Record<string, string>;
  }
  const pictures = "https://*.googleusercontent.com";
  const google = { sources: script(GOOGLE), pictures, users: `self "${GOOGLE}"` };
  const played = { pictures: `${pictures} ${standIn}` };
  // Google's script may write HTML as it likes.
  const REPORTED = {
    "Content-Security-Policy-Report-Only": "require-trusted-types-for 'script'",
  };

  const ROWS: [env: Environment, expected: Expected][] = [
    [HTTPS, { ...google, others: { ...HTTPS_ALONE, ...REPORTED } }],
    [{}, { ...google, others: { ...HTTP_ALONE, ...REPORTED } }],
    [
      { ...HTTPS, GOOGLE_SIGN_IN: "js" },
      { ...google, others: { ...HTTPS_ALONE, ...REPORTED } },
    ],
    [
      { ...HTTPS, GOOGLE_UX_MODE: "redirect" },
      { ...google, others: { ...HTTPS_ALONE, ...REPORTED } },
    ],
    [
      { ...HTTPS, GOOGLE_ONE_TAP: "true" },
      { ...google, others: { ...HTTPS_ALONE, ...REPORTED } },
    ],
    [
      { ...HTTPS, GOOGLE_SIGN_IN: "fedcm" },
      { sources: fedcm(GOOGLE), pictures, users: "self", others: HTTPS_ALONE },
    ],
    [
      STAND_IN,
      {
        ...played,
        sources: script(standIn),
        users: `self "${standIn}"`,
        others: { ...HTTP_ALONE, ...REPORTED },
      },
    ],
    [
      { ...STAND_IN, GOOGLE_SIGN_IN: "fedcm" },
      { ...played, sources: fedcm(standIn), users: "self", others: HTTP_ALONE },
    ],
  ];
  for (const [env, { sources, pictures, users, others }] of ROWS) {
    test(`under ${JSON.stringify(env)} are these and no more`, () => {
      expect(securityHeaders(config(env))).toEqual({
        "Content-Security-Policy": [
          "default-src 'none'",
          ...sources,
          `img-src 'self' ${pictures}`,
          "manifest-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
        ].join("; "),
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": `identity-credentials-get=(${users}), camera=(), geolocation=(), microphone=(), payment=(), usb=()`,
        "X-Content-Type-Options": "nosniff",
        ...others,
      });
    });
  }
});

describe("contentPolicy", () => {
  const WIKI = "https://wiki.example.com";
  const SITES = { ORIGIN: "https://auth.example.com", FORWARD_AUTH_ORIGINS: `${WIKI} members` };
  const ROWS: [env: Environment, sources: string][] = [
    [HTTPS, "'self'"],
    [
      { ...SITES, COOKIE_DOMAIN: "example.com" },
      "'self' https://example.com:* https://*.example.com:*",
    ],
    [{ FORWARD_AUTH_ORIGINS: "http://localhost:8080 members" }, "'self' http://localhost:*"],
  ];
  for (const [env, sources] of ROWS) {
    test(`lets a form lead to ${sources}, and names no application`, () => {
      const policy = contentPolicy(config(env), { leadsToSites: true });
      expect(policy).toContain(`; form-action ${sources};`);
      expect(policy).not.toContain("wiki");
      expect(contentPolicy(config(env))).toContain("; form-action 'self';");
    });
  }
});

describe("allowedPicture", () => {
  const HOST = "lh3.googleusercontent.com";
  const ROWS: [picture: string | null, shown: string | null][] = [
    [`https://${HOST}/a/x=s96-c`, `https://${HOST}/a/x=s96-c`],
    [`https://a.b.googleusercontent.com/x`, "https://a.b.googleusercontent.com/x"],
    [`HTTPS://LH3.GoogleUserContent.com/A`, `https://${HOST}/A`],
    [`https://${HOST}:443/a`, `https://${HOST}/a`],
    [`https://${HOST}`, `https://${HOST}/`],
    [` https://${HOST}/a\n`, `https://${HOST}/a`],
    [`https:\\\\${HOST}\\a`, `https://${HOST}/a`],
    [`https://${HOST}/"><b>`, `https://${HOST}/%22%3E%3Cb%3E`],
    [`https://${HOST}/a?x="'<>#"<>`, `https://${HOST}/a?x=%22%27%3C%3E#%22%3C%3E`],
    [null, null],
    ["", null],
    ["a.png", null],
    ["/a.png", null],
    [`//${HOST}/a`, null],
    [`${HOST}/a`, null],
    [`http://${HOST}/a`, null],
    [`ftp://${HOST}/a`, null],
    [`https://${HOST}:8443/a`, null],
    [`https://${HOST}:80/a`, null],
    [`https://${HOST}./a`, null],
    ["https://googleusercontent.com/a", null],
    ["https://evilgoogleusercontent.com/a", null],
    ["https://lh3-googleusercontent.com/a", null],
    [`https://${HOST}.evil.example/a`, null],
    [`https://${HOST}@evil.example/a`, null],
    [`https://evil.example/${HOST}`, null],
    [`https://evil.example/.googleusercontent.com`, null],
    [`https://evil.example?.googleusercontent.com`, null],
    [`https://evil.example#.googleusercontent.com`, null],
    [`https://evil.example\\.googleusercontent.com`, null],
    ["https://evil.example%2F.googleusercontent.com/a", null],
    ["https://evil.example%00.googleusercontent.com/a", null],
    ["javascript:alert(1)", null],
    [`javascript://${HOST}/%0Aalert(1)`, null],
    ["data:image/svg+xml,<svg/>", null],
    [`blob:https://${HOST}/1`, null],
    [`view-source:https://${HOST}/a`, null],
    ["file:///etc/passwd", null],
    ["https://", null],
    ["https://[::1]/a", null],
    ["http://localhost:3000/auth/logout", null],
    ["https://app.example.com/a", null],
    ["https://accounts.google.com/a", null],
    ["http://127.0.0.1:3001/portrait", null],
  ];
  for (const [picture, shown] of ROWS) {
    test(`of ${JSON.stringify(picture)} is ${shown}`, () => {
      expect(allowedPicture(picture, config(HTTPS))).toBe(shown);
    });
  }

  const WITH_STAND_IN: [picture: string, shown: string | null][] = [
    ["http://127.0.0.1:3001/portrait", "http://127.0.0.1:3001/portrait"],
    [`https://${HOST}/a`, `https://${HOST}/a`],
    ["http://127.0.0.1:3002/portrait", null],
    ["https://127.0.0.1:3001/portrait", null],
    ["http://localhost:3001/portrait", null],
    ["http://127.0.0.1/portrait", null],
    [`http://${HOST}/a`, null],
    ["https://evil.example/a", null],
  ];
  for (const [picture, shown] of WITH_STAND_IN) {
    test(`of ${picture} beside the stand-in is ${shown}`, () => {
      expect(allowedPicture(picture, config(STAND_IN))).toBe(shown);
    });
  }
});
