import fc from "fast-check";

import type { Binary } from "../binary.ts";
import { hostileText } from "../hostile_text.ts";
import { converse } from "../raw_connection.ts";
import { FRAMINGS, isOneMessage } from "../rules/framing.ts";
import { judgeLog } from "../scene.ts";
import type { Target } from "../target.ts";

/** It stands where browsers have secrets, and never in the log. */
const SECRET = "FuzzSecret0123456789abcdefghijklmnopqrstuvw";
/** Only a request within a request asks for this. */
const CANARY = "/smuggled";

/** Ordinary requests, and their answers. */
const ORDINARY: [request: string, status: number][] = [
  ["GET /healthz HTTP/1.1\r\nHOST", 200],
  ["GET / HTTP/1.1\r\nHOST", 302],
  ["GET /spa HTTP/1.1\r\nHOST", 200],
  ["HEAD /spa HTTP/1.1\r\nHOST", 200],
  ["GET /nothing HTTP/1.1\r\nHOST", 404],
  [`GET /auth/is_authenticated HTTP/1.1\r\nHOSTCookie: session_id=${SECRET}\r\n`, 401],
  ["GET /auth/auth_navbar HTTP/1.1\r\nHOSTHX-Request: true\r\n", 200],
  ["GET /auth/auth_navbar HTTP/1.1\r\nHOST", 400],
  [`GET /auth/events HTTP/1.1\r\nHOSTCookie: session_id=${SECRET}\r\n`, 204],
  ["POST /auth/logout HTTP/1.1\r\nHOSTSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n", 403],
  ["PUT /spa HTTP/1.1\r\nHOSTSec-Fetch-Site: none\r\nContent-Length: 0\r\n", 405],
];
const BODY = `credential=${SECRET}.${SECRET}.${SECRET}`;
const POST = `POST /auth/login HTTP/1.1\r\nHOSTSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n`;

type Case =
  | { kind: "pipeline"; requests: number[]; cuts: number[] }
  | { kind: "framing"; lines: string[]; body: string }
  | { kind: "host"; host: string; target: string }
  | { kind: "bytes"; request: number; at: number; into: string; cuts: number[] }
  | { kind: "header"; request: number; headers: [name: string, value: string][] }
  | { kind: "half"; request: number; at: number };

const cuts = fc.array(fc.nat(400), { maxLength: 3 });
const request = fc.nat(ORDINARY.length);
const HOSTS = [
  ...[
    "a",
    "ab",
    "abc",
    "localhost",
    "LOCALHOST",
    "127.0.0.1",
    "[::1]",
    "[::1",
    "x:99999",
    ":1",
    "",
  ],
  ...["localhost:3000@evil.example", "evil.example", "a b", "a/b", "a?b", "a#b", "..", "%00", "0"],
];
const TARGETS = [
  ...[
    "/spa",
    "/",
    "//evil.example/spa",
    "/\\evil.example",
    "http://evil.example/spa",
    "*",
    "/spa#x",
  ],
  ...[
    "http:/spa",
    "evil.example:443",
    "/auth/google?return=//evil.example",
    "/spa/..",
    "/%2e%2e/spa",
  ],
  ...[
    "?",
    "http://",
    "http://a/healthz",
    "/spa?\u00e9",
    "/sp\u00e9",
    "/htmx/__proto__",
    "/htmx/constructor",
  ],
];
const BODIES = [
  "0\r\n\r\n",
  "5\r\nabcde\r\n0\r\n\r\n",
  "",
  "0\r\n",
  "x=1&y",
  "5\r\nab",
  "FFFFFFFFFFFFFFFFF\r\n",
  "-1\r\n",
];

const HEADERS = [
  ...[
    "X-Forwarded-For",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "Forwarded",
    "User-Agent",
    "Accept",
  ],
  ...["Accept-Encoding", "Accept-Language", "Cookie", "Referer", "Expect", "Upgrade", "Connection"],
  ...[
    "Range",
    "If-None-Match",
    "X-Signed-In-As",
    "HX-Current-URL",
    "Content-Type",
    "",
    "A b",
    "\u00e9",
  ],
];
const ADDRESSES = [
  ...[
    "203.0.113.7",
    "2001:db8::1",
    "::ffff:203.0.113.7",
    "[2001:db8::1]:4711",
    "203.0.113.7:1",
    "::",
  ],
  ...[
    "127.0.0.1",
    "999.1.1.1",
    "1.2.3",
    "a, b, c",
    ",",
    "unknown",
    "_hidden",
    "0x7f.1",
    "fe80::1%eth0",
  ],
];

/** Bytes over sockets, as no browser sends them, against the compiled binary. */
export function socketTarget(binary: Binary): Target<Case> {
  const before = binary.privateMemory();
  return {
    name: "socket",
    round: 500,
    arbitrary: fc.oneof(
      fc.record({
        kind: fc.constant("pipeline" as const),
        requests: fc.array(request, { minLength: 1, maxLength: 12 }),
        cuts,
      }),
      fc.record({
        kind: fc.constant("framing" as const),
        lines: fc.array(fc.constantFrom(...FRAMINGS), { minLength: 1, maxLength: 3 }),
        body: fc.constantFrom(...BODIES),
      }),
      fc.record({
        kind: fc.constant("host" as const),
        host: fc.oneof(fc.constantFrom(...HOSTS), hostileText),
        target: fc.oneof(
          fc.constantFrom(...TARGETS),
          hostileText.map((text) => `/${text}`),
        ),
      }),
      fc.record({
        kind: fc.constant("bytes" as const),
        request,
        at: fc.nat(400),
        into: hostileText,
        cuts,
      }),
      fc.record({
        kind: fc.constant("header" as const),
        request,
        headers: fc.array(
          fc.tuple(
            fc.constantFrom(...HEADERS),
            fc.oneof(fc.constantFrom(...ADDRESSES), hostileText),
          ),
          { maxLength: 4 },
        ),
      }),
      fc.record({ kind: fc.constant("half" as const), request, at: fc.nat(400) }),
    ),
    check: (one) => check(one, binary),
    finish: () => finish(binary, before),
  };
}

async function check(one: Case, { port }: Binary): Promise<string | null> {
  const text = writeText(one, port);
  const places = "cuts" in one ? one.cuts : [];
  const half = one.kind === "half";
  const said = await converse({ port }, { chunks: cut(text, places), half });
  const { statuses } = said;
  // Bun itself answers 505 to what is no HTTP.
  const odd = statuses.find((status) => status >= 500 && status !== 505);
  if (odd) return `answers ${odd}: ${said.text.slice(0, 300)}`;
  if (said.ms > 1000) return `ends ${Math.round(said.ms)} ms after the last byte: ${statuses}`;
  if (/^location: *(?:https?:)?\/\/(?!127\.0\.0\.1)/im.test(said.text))
    return "redirects elsewhere";
  // The page is the same under every name, also a short one.
  if (one.kind === "host" && one.target === "/spa" && /^[a-z\d]+$/i.test(one.host)) {
    return String(statuses) === "200" ? null : `answers ${statuses} under the name ${one.host}`;
  }
  if (one.kind === "pipeline") {
    const expected = [...one.requests.map(statusOf), 200];
    return String(expected) === String(statuses) ? null : `answers ${statuses}, not ${expected}`;
  }
  if (one.kind !== "framing" || isOneMessage(one.lines)) return null;
  if (said.text.includes("HTTP/1.1 404"))
    return `answers what is inside another request: ${statuses}`;
  const [first = 400] = statuses;
  return first >= 400 ? null : `takes a message of which nobody knows the end: ${statuses}`;
}

const requestOf = (index: number) =>
  ORDINARY[index]?.[0] ?? `${POST}Content-Length: ${BODY.length}\r\n`;
const statusOf = (index: number) => ORDINARY[index]?.[1] ?? 400;
const bodyOf = (index: number) => (index < ORDINARY.length ? "" : BODY);

function writeText(one: Case, port: number): string {
  const host = `Host: localhost:${port}\r\n`;
  const last = `GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
  const write = (index: number) => `${requestOf(index).replace("HOST", host)}\r\n${bodyOf(index)}`;
  switch (one.kind) {
    case "pipeline":
      return one.requests.map(write).join("") + last;
    case "framing": {
      const lines = one.lines.map((line) => `${line}\r\n`).join("");
      const inner = `GET ${CANARY} HTTP/1.1\r\n${host}\r\n`;
      return `POST /auth/callback HTTP/1.1\r\n${host}${lines}\r\n${one.body}${inner}`;
    }
    case "host": {
      const asSent = (text: string) => Buffer.from(text).toString("latin1");
      return `GET ${asSent(one.target)} HTTP/1.1\r\nHost: ${asSent(one.host)}\r\nConnection: close\r\n\r\n`;
    }
    case "bytes": {
      const whole = write(one.request) + last;
      const at = one.at % whole.length;
      const into = Buffer.from(one.into).toString("latin1");
      return whole.slice(0, at) + into + whole.slice(at + (one.at % 3));
    }
    case "header": {
      const lines = one.headers.map(([name, value]) => Buffer.from(`${name}: ${value}\r\n`));
      const head = requestOf(one.request).replace("HOST", host);
      return `${head}${Buffer.concat(lines).toString("latin1")}\r\n${bodyOf(one.request)}${last}`;
    }
    case "half":
      return write(one.request).slice(0, one.at);
  }
}

function cut(text: string, places: number[]): string[] {
  const ends = [...places.map((place) => place % text.length).sort((a, b) => a - b), text.length];
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end)).filter(Boolean);
}

/** How much more the process may have for itself than before, in bytes. */
const MAX_GROWTH = 64 * 1024 * 1024;

async function finish(binary: Binary, before: number): Promise<string | null> {
  const { statuses } = await converse(
    { port: binary.port },
    {
      chunks: [writeText({ kind: "pipeline", requests: [0], cuts: [] }, binary.port)],
      half: false,
    },
  );
  if (String(statuses) !== "200,200") return `is not well afterwards: ${statuses}`;
  const grown = binary.privateMemory() - before;
  if (grown > MAX_GROWTH) return `has grown by ${Math.round(grown / 1024 / 1024)} MB`;
  return judgeLog(binary.output().split("\n"), [SECRET]);
}
