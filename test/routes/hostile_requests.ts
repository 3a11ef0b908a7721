/** How a request differs from an ordinary one of its route. */
export interface Shape {
  what: string;
  query?: string;
  /** Follows the path of the route. */
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What a stranger may send in the head of a request; Bun refuses more. */
const HEAD_BYTES = 16_000;
/** What Foyer reads of a body, nearly. */
const BODY_BYTES = 65_000;

/** `text` again and again after `start`, up to a length. */
function fill(text: string, { start = "", length = HEAD_BYTES } = {}): string {
  return start + text.repeat(length / text.length).slice(0, length - start.length);
}

const HEADERS: Record<string, string[]> = {
  "user-agent": [
    fill("iPad ", { length: 8000 }) + fill("Safari ", { length: 8000 }),
    ...["a", "Line/", "; wv"].map((text) => fill(text)),
  ],
  "accept-encoding": [",", "gzip;q=0,", ";", "gzip;"].map((text) => fill(text)),
  "accept-language": [",", "de;q=0.1,", ";", "-"].map((text) => fill(text)),
  accept: ["text/html,", ","].map((text) => fill(text)),
  cookie: [
    ...[";", "; ", "session_id=;", "xsession_id=", " session_id=", "a=b; ", "sign_in=x;"].map(
      (text) => fill(text),
    ),
    fill(" ", { start: "session_id=" }),
    fill("%", { start: "session_id=" }),
  ],
  "x-forwarded-for": [",", "1.1.1.1,", "127.0.0.1, ", "::1,", "[", ":", "0", "1.", " "].map(
    (text) => fill(text),
  ),
  referer: urls(),
  "hx-current-url": urls(),
  "x-foyer-origin": [fill("http://localhost:8080, ")],
  "x-forwarded-uri": ["/", "../", "%41", "\\", "?a&"].map((text) => fill(text, { start: "/" })),
  "x-forwarded-method": [fill("GET")],
  "hx-target": [fill("#content_section")],
  "if-none-match": [fill('"a",'), fill(",")],
  "if-modified-since": [fill("1")],
  range: [fill("0-1,", { start: "bytes=" })],
  origin: [fill("/", { start: "http://localhost/" })],
  "sec-fetch-site": [fill("same-origin")],
  "sec-fetch-mode": [fill("navigate")],
  "content-type": [
    fill(";", { start: "application/x-www-form-urlencoded" }),
    fill("-", { start: "multipart/form-data; boundary=" }),
    fill(";boundary=", { start: "multipart/form-data" }),
  ],
  "x-signed-in-as": [fill("a")],
  "x-background": [fill("1")],
  "hx-request": [fill("true")],
  "x-unknown": [fill("x")],
};

function urls(): string[] {
  const page = "http://localhost/spa/";
  return [
    ...["/", "../", "%41", "%C3%A4", ";"].map((text) => fill(text, { start: page })),
    ...["&", "a=b&", "%"].map((text) => fill(text, { start: `${page}content.list?` })),
    ...["@", ".", ":"].map((text) => fill(text, { start: "http://" })),
    fill("%"),
  ];
}

const QUERIES = [
  ...["&", "a=&", "a&", "%", "%41", "=", "+", "?", "q=a&", "return=/", "a[]=1&"].map((text) =>
    fill(text),
  ),
  ...["/", "../", "%2F"].map((text) => fill(text, { start: "return=/spa/" })),
  ...["%C3%A4", '"'].map((text) => fill(text, { start: "q=" })),
  ...["%2F", "%25", "a", "%09"].map((text) =>
    fill(text, { start: "return=http://localhost:8080/", length: 4000 }),
  ),
];

const PATHS = ["/", "/a", "/%2F", "%", "%41", "/..", ".", ":", "a", '"', "%3Chx-", "\\", "%C3%A4"];

/** A form without script, or an address that a person has typed. */
const NAVIGATION = { "sec-fetch-mode": "navigate", "hx-request": "false" };

/** What any route can be asked. */
export const HOSTILE_HEADS: readonly Shape[] = [
  ...Object.entries(HEADERS).flatMap(([name, values]) =>
    values.map((value) => ({ what: describe(name, value), headers: { [name]: value } })),
  ),
  ...[{}, NAVIGATION].flatMap((headers) => [
    ...QUERIES.map((query) => ({ what: describe("query", query), query, headers })),
    ...PATHS.map((text) => ({ what: describe("path", text), path: fill(text), headers })),
  ]),
];

const FIELDS = ["credential", "g_csrf_token", "id_token", "state", "select_by", "error"];
const JWT_HEADER = btoa('{"alg":"RS256","kid":"1"}');

const FORMS: string[] = [
  ...["&", "a=&", "=", "%", "+", "a&", "credential=a&"].map((text) => body(text)),
  ...['"', "%22", "<", "a", "a.", "%5B"].map((text) => body(text, "credential=")),
  ...['"', "a", "."].map((text) => body(text, "id_token=a&state=")),
  ...["a", "."].map((text) => body(text, `credential=${JWT_HEADER}.`)),
  body("a", `credential=${JWT_HEADER}.a.`),
  body("W1tb", "credential="),
  body('"', "error="),
  body("a", "select_by="),
  FIELDS.map((name) => fill('"', { start: `${name}=`, length: 10_000 })).join("&"),
];

const PART = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n';

const TYPED: [type: string, body: string][] = [
  ...FORMS.map((text): [string, string] => ["application/x-www-form-urlencoded", text]),
  ...[
    body("--b\r\n"),
    body(`${PART}\r\n`),
    body(";", PART),
    body("a: b\r\n", "--b\r\n"),
    body("-"),
  ].map((text): [string, string] => ["multipart/form-data; boundary=b", text]),
  ...[body("."), body("a"), body("a", `${JWT_HEADER}.`), body("W1tb", "a")].map(
    (text): [string, string] => ["application/secevent+jwt", text],
  ),
  ["application/json", body("[")],
  ["application/json", body('{"a":')],
];

function body(text: string, start = ""): string {
  return fill(text, { start, length: BODY_BYTES });
}

/** What a route that reads a body can be sent. */
export const HOSTILE_BODIES: readonly Shape[] = TYPED.flatMap(([type, text]) =>
  // The callback answers a form from another site in a way of its own.
  ["same-origin", "cross-site"].map((site) => ({
    what: `${site} ${describe(type, text)}`,
    headers: { "content-type": type, "sec-fetch-site": site },
    body: text,
  })),
);

function describe(name: string, value: string): string {
  return `${name} ${JSON.stringify(value.slice(0, 40))}…`;
}
