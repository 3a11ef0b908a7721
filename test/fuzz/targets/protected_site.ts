import fc from "fast-check";

import { headerValue, judgeAnswer, send } from "../exchange.ts";
import { hostileText } from "../hostile_text.ts";
import { decodeText, judgeMarkup } from "../markup.ts";
import { createScene, type Scene } from "../scene.ts";
import type { Target } from "../target.ts";

const FOYER = "https://auth.example.com";
const WIKI = "https://wiki.example.com";
const SHOP = "https://shop.example.com:8443";
const GRAFANA = "https://grafana.example.com";
const SITES = [WIKI, SHOP, GRAFANA];
const GOOGLE = "https://accounts.google.com";

const SETTINGS = {
  ORIGIN: FOYER,
  COOKIE_DOMAIN: "example.com",
  FORWARD_AUTH_ORIGINS: `${WIKI} "Wiki & <fz>" members, ${SHOP} members, ${GRAFANA} admins`,
  // The clock passes with each case, so that limits do not answer instead.
  SESSION_MAX_AGE: "604800",
};
const CASE_MS = 100;

/** What a protected address may look like, read without a parser of URLs: the whole origin, a slash, visible ASCII. */
const ALLOWED =
  /^https:\/\/(?:wiki\.example\.com|shop\.example\.com:8443|grafana\.example\.com)\/[\x21-\x7e]*$/;

const PLACES = ["uri", "hx", "referer"] as const;
const PATHS = [
  "/auth/enter",
  "/spa/enter",
  "/plain/enter",
  "/htmx/enter",
  "/auth/sign_out",
] as const;

interface Case {
  address: string;
  /** Asked as by a proxy, in one of these places; or the address is the `return` of this path; or goes round by Google. */
  by: (typeof PLACES)[number] | (typeof PATHS)[number] | "post" | "google";
  who: "nobody" | "member" | "admin" | "disabled";
  site: string;
  /** Whether the address stands in the query as it is, and what else does. */
  isRaw: boolean;
  more: string;
  isNavigation: boolean;
}

const PIECES = [
  ...SITES,
  ...SITES.map((site) => `blob:${site}/`),
  FOYER,
  "https://evil.example",
  ...[
    "https:",
    "http:",
    "blob:",
    "javascript:",
    "data:",
    "//",
    "/",
    "\\",
    "\\\\",
    "@",
    ":",
    ":8443",
    ".",
  ],
  ...[
    "wiki.example.com",
    "evil.example",
    ".evil.example",
    "WIKI.example.com",
    "ｗiki。example.com",
  ],
  ...[
    "?",
    "#",
    "%2f",
    "%5c",
    "%00",
    "%0d%0a",
    "\t",
    "\n",
    "\r",
    "\0",
    " ",
    "..",
    "a",
    "&return=",
    "&lt;",
  ],
];

/** Addresses to which protected applications, and those who attack them, want people to come. */
export async function protectedSiteTarget(): Promise<Target<Case>> {
  const scene = await createScene(SETTINGS);
  const address = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((all) => all.join("")),
    hostileText.map((text) => `${WIKI}/${text}`),
    hostileText.map((text) => WIKI + text),
    hostileText,
  );
  return {
    name: "protected_site",
    round: 3000,
    arbitrary: fc.record({
      address,
      by: fc.constantFrom<Case["by"]>(...PLACES, ...PATHS, "post", "google"),
      who: fc.constantFrom<Case["who"]>("nobody", "nobody", "member", "admin", "disabled"),
      site: fc.constantFrom(...SITES),
      isRaw: fc.boolean(),
      more: fc.constantFrom("", "", "tries=1", "return=https://evil.example/", `return=${WIKI}/b`),
      isNavigation: fc.boolean(),
    }),
    check: (one) => check(one, scene),
  };
}

async function check(one: Case, scene: Scene): Promise<string | null> {
  const request = writeCase(one, scene);
  if (!request) return null;
  scene.foyer.clock.pass(CASE_MS);
  const answer = await send(scene, request);
  const wrong = judgeAnswer(scene, answer) ?? judgeMarkup(answer);
  if (wrong) return wrong;
  const { headers, status } = answer.response;
  const isOpen = isPlace(one.by) && isAllowed(one);
  if (isPlace(one.by) && (status === 200) !== isOpen) return `lets in: ${status}`;
  if (headers.has("x-auth-request-user") !== isOpen) return "says who visits";
  // What a proxy is told leads back to the application that was asked for, and to no other.
  const sites = isPlace(one.by) ? [one.site] : SITES;
  for (const name of ["location", "hx-redirect"]) {
    const odd = judgeWay(headers.get(name), { sites });
    if (odd) return `${name} leads to ${odd}`;
  }
  return headers.get("content-type")?.startsWith("text/html") ? judgeLinks(answer.text) : null;
}

function isPlace(by: Case["by"]): by is (typeof PLACES)[number] {
  return (PLACES as readonly string[]).includes(by);
}

/** The rule of {@linkcode SETTINGS}. */
function isAllowed({ who, site }: Case): boolean {
  return who === "admin" || (who === "member" && site !== GRAFANA);
}

function writeCase(one: Case, { browsers }: Scene): Request | null {
  const { address, by, site, isNavigation } = one;
  // A sign-out would end the scene.
  const who = by === "post" ? "nobody" : one.who;
  const cookie = [...browsers[who].cookies].map((pair) => pair.join("=")).join("; ");
  const headers: Record<string, string> = { cookie, "sec-fetch-site": "same-origin" };
  if (isNavigation) headers["sec-fetch-mode"] = "navigate";
  try {
    if (isPlace(by)) {
      const place: Record<string, string> = {
        uri: { "x-forwarded-uri": headerValue(address) },
        hx: { "hx-request": "true", "hx-current-url": headerValue(address) },
        referer: { "x-forwarded-method": "POST", referer: headerValue(address) },
      }[by];
      const asked = { ...headers, "x-foyer-origin": site, ...place };
      return new Request("http://localhost/auth/verify", { headers: asked });
    }
    if (by === "post") {
      const body = new URLSearchParams({ return: address.toWellFormed() });
      return new Request("http://localhost/auth/sign_out", { method: "POST", headers, body });
    }
    const htmx = by === "/htmx/enter" || (by === "/auth/enter" && !isNavigation);
    const url = `http://localhost${by === "google" ? "/auth/google" : by}?${writeQuery(one)}`;
    return new Request(url, { headers: { ...headers, ...(htmx ? { "hx-request": "true" } : {}) } });
  } catch {
    return null;
  }
}

function writeQuery({ address, by, isRaw, more }: Case): string {
  const text = isRaw ? address : encodeURIComponent(address.toWellFormed());
  const query = [`return=${text}`, more].filter(Boolean).join("&");
  return by === "google"
    ? `return=${encodeURIComponent(`/spa/enter?${query.toWellFormed()}`)}`
    : query;
}

/** Where a way leads that it must not, or `null`: a protected address, or a path of ours that holds one. */
function judgeWay(way: string | null, { sites }: { sites: readonly string[] }): string | null {
  if (way === null) return null;
  if (ALLOWED.test(way)) return sites.some((site) => way.startsWith(`${site}/`)) ? null : way;
  if (way.startsWith(`${GOOGLE}/o/oauth2/v2/auth?`)) return judgeState(way);
  const url = URL.parse(way, `${FOYER}/auth/enter`);
  if (url?.origin !== FOYER || ![url.href, url.pathname + url.search].includes(way)) return way;
  const target = url.searchParams.get("return");
  if (target === null) return null;
  if (url.pathname === "/auth/google") return judgeWay(target, { sites });
  // The pages pass on their own query as it came, and judge it again.
  const isPage = ["/spa/enter", "/plain/enter"].includes(url.pathname);
  const address = isPage ? (URL.parse(target)?.href ?? "") : target;
  return ALLOWED.test(address) && sites.some((site) => address.startsWith(`${site}/`)) ? null : way;
}

/** The page that comes back from Google judges its query itself: that it is one of ours is all that counts here. */
function judgeState(way: string): string | null {
  const state = new URL(way).searchParams.get("state") ?? "";
  const path = Buffer.from(state.split(".")[0] ?? "", "base64url").toString();
  return /^\/(?:spa|plain)(?:\/enter\?[\x21-\x7e]*)?$/.test(path) ? null : path;
}

const ADDRESSES = ["href", "src", "action", "formaction", "hx-get", "hx-post", "hx-push-url"];

/** Where a page leads that it must not. */
function judgeLinks(html: string): string | null {
  let wrong: string | null = null;
  const note = (value: string) => {
    const address = decodeText(value);
    if (address === GOOGLE || address.startsWith(`${GOOGLE}/Logout`) || address === "") return;
    if (/^(?:#|data:image\/|https:\/\/accounts\.google\.com\/gsi\/)/.test(address)) return;
    const odd = judgeWay(address, { sites: SITES });
    if (odd) wrong ??= `a link leads to ${odd}`;
  };
  const rewriter = new HTMLRewriter()
    .on("*", {
      element(element) {
        for (const [name, value] of element.attributes) if (ADDRESSES.includes(name)) note(value);
      },
    })
    .on('input[name="return"]', {
      element: (input) => {
        note(input.getAttribute("value") ?? "");
      },
    });
  rewriter.transform(html);
  return wrong;
}
