import { describe, expect, test } from "bun:test";

import fc from "fast-check";

import {
  clearCookie,
  type OwnCookie,
  readCookie,
  sessionCookie,
  setCookie,
  signInCookie,
} from "../../src/http/cookies.ts";
import type { HeaderSet } from "../../src/http/headers.ts";

const HTTP = "http://localhost:3000";
const HTTPS = "https://app.example.com";

describe("the cookies' names", () => {
  const ROWS: [origin: string, session: string, signIn: string, secure: boolean][] = [
    [HTTP, "session_id", "sign_in", false],
    ["http://https.localhost", "session_id", "sign_in", false],
    [HTTPS, "__Host-Http-session_id", "__Host-Http-sign_in", true],
    ["https://localhost:3000", "__Host-Http-session_id", "__Host-Http-sign_in", true],
  ];
  for (const [origin, session, signIn, secure] of ROWS) {
    test(`on ${origin} are ${session} and ${signIn}`, () => {
      expect(sessionCookie(origin)).toEqual({ name: session, secure });
      expect(signInCookie(origin)).toEqual({ name: signIn, secure });
    });
  }
});

/** Each `Set-Cookie` header of an answer, as its parts in order: the pair first, then the attributes. */
function linesOf({ headers }: HeaderSet): string[][] {
  const lines = headers["set-cookie"] as string[];
  return lines.map((line) => {
    const [pair = "", ...attributes] = line.split("; ");
    return [pair, ...attributes.toSorted()];
  });
}

describe("setCookie writes", () => {
  type Value = { value: string; maxAge?: number };
  const OPEN = ["HttpOnly", "Path=/", "SameSite=Lax"];
  const SAFE = [...OPEN, "Secure"].toSorted();
  const ROWS: [what: string, cookie: OwnCookie, value: Value, line: string[]][] = [
    ["one until the browser closes", signInCookie(HTTP), { value: "a" }, ["sign_in=a", ...OPEN]],
    [
      "one for a time",
      sessionCookie(HTTP),
      { value: "a", maxAge: 60 },
      ["session_id=a", ...withAge(60, OPEN)],
    ],
    [
      "one for no time",
      sessionCookie(HTTP),
      { value: "a", maxAge: 0 },
      ["session_id=a", ...withAge(0, OPEN)],
    ],
    [
      "one for whole seconds",
      sessionCookie(HTTP),
      { value: "a", maxAge: 1.9 },
      ["session_id=a", ...withAge(1, OPEN)],
    ],
    [
      "a secure one on https",
      sessionCookie(HTTPS),
      { value: "a" },
      ["__Host-Http-session_id=a", ...SAFE],
    ],
    [
      "a secure one for a time",
      signInCookie(HTTPS),
      { value: "a", maxAge: 9 },
      ["__Host-Http-sign_in=a", ...withAge(9, SAFE)],
    ],
    [
      "a value that cannot add an attribute",
      sessionCookie(HTTP),
      { value: "a; Domain=evil" },
      ["session_id=a%3B%20Domain%3Devil", ...OPEN],
    ],
    [
      "a value that cannot add a header",
      sessionCookie(HTTP),
      { value: "a\r\nX: y" },
      ["session_id=a%0D%0AX%3A%20y", ...OPEN],
    ],
  ];
  for (const [what, cookie, value, line] of ROWS) {
    test(what, async () => {
      const set: HeaderSet = { headers: {} };
      await setCookie(set, cookie, value);
      expect(linesOf(set)).toEqual([line]);
    });
  }

  test("two cookies as two headers, behind those that are there", async () => {
    for (const before of ["theirs=1", ["theirs=1"]]) {
      const set: HeaderSet = { headers: { "set-cookie": before, "content-type": "text/html" } };
      await setCookie(set, sessionCookie(HTTPS), { value: "a", maxAge: 5 });
      await setCookie(set, signInCookie(HTTPS), { value: "b" });
      expect(linesOf(set)).toEqual([
        ["theirs=1"],
        ["__Host-Http-session_id=a", ...withAge(5, SAFE)],
        ["__Host-Http-sign_in=b", ...SAFE],
      ]);
      expect(set.headers["content-type"]).toBe("text/html");
    }
  });

  test("only into its own answer, however many are written side by side", async () => {
    const sets = Array.from({ length: 20 }, (): HeaderSet => ({ headers: {} }));
    const write = (set: HeaderSet, index: number) =>
      setCookie(set, sessionCookie(HTTP), { value: `${index}` });
    await Promise.all(sets.map(write));
    for (const [index, set] of sets.entries())
      expect(linesOf(set)).toEqual([[`session_id=${index}`, ...OPEN]]);
  });

  for (const [origin, attributes] of [
    [HTTP, OPEN],
    [HTTPS, SAFE],
  ] as const) {
    test(`the end of a cookie on ${origin}, with the attributes that it has`, async () => {
      const set: HeaderSet = { headers: {} };
      const own = sessionCookie(origin);
      await clearCookie(set, own);
      expect(linesOf(set)).toEqual([[`${own.name}=`, ...withAge(0, attributes)]]);
    });
  }

  function withAge(seconds: number, attributes: readonly string[]): string[] {
    return [...attributes, `Max-Age=${seconds}`].toSorted();
  }
});

describe("readCookie", () => {
  const LONG = "v".repeat(200_000);
  const ROWS: [what: string, header: string | null, value: string | null][] = [
    ["no header", null, null],
    ["an empty header", "", null],
    ["the cookie alone", "session_id=a", "a"],
    ["the cookie among others", "x=1; session_id=a; y=2", "a"],
    ["no space between two", "x=1;session_id=a;y=2", "a"],
    ["much space between two", "x=1;  \t session_id=a \t ; y=2", "a"],
    ["an empty value", "session_id=", ""],
    ["an empty value among others", "x=1; session_id=; y=2", ""],
    ["the name alone", "session_id", null],
    ["the name alone before the cookie", "session_id; session_id=a", "a"],
    ["a space behind the name", "session_id =a", null],
    ["a space that browsers take for a letter of the name", "\u00a0session_id=a", null],
    ["a name that only looks the same, before it", "\u00a0session_id=evil; session_id=a", "a"],
    ["a value that ends in such a space", "session_id=a\u00a0", "a\u00a0"],
    ["the cookie twice", "session_id=a; session_id=b", "a"],
    ["the cookie twice, first empty", "session_id=; session_id=b", ""],
    ["the name in capitals", "SESSION_ID=a", null],
    ["a longer name behind", "session_id2=a", null],
    ["a longer name before", "xsession_id=a", null],
    ["the name of the other scheme", "__Host-Http-session_id=a", null],
    ["the shorter prefix", "__Host-session_id=a", null],
    ["a longer name first", "xsession_id=a; session_id_2=b; session_id=c", "c"],
    ["the cookie in another's value", "x=session_id=a", null],
    ["an equals sign in the value", "session_id=a=b==", "a=b=="],
    ["quotes", 'session_id="a"', '"a"'],
    ["a semicolon in quotes", 'session_id="a;b"', '"a'],
    ["the cookie in another's quotes", 'x="1; session_id=a; y"', "a"],
    ["a comma", "x=1, session_id=a", null],
    ["a comma in the value", "session_id=a,b", "a,b"],
    ["an escape", "session_id=%41%3B", "%41%3B"],
    ["a broken escape", "session_id=%E0%A4%A", "%E0%A4%A"],
    ["an escaped name", "session%5Fid=a", null],
    ["JSON", 'session_id={"a":[1]}', '{"a":[1]}'],
    ["JSON behind a j", 'session_id=j:{"a":1}', 'j:{"a":1}'],
    ["a number", "session_id=1", "1"],
    ["words of JavaScript", "session_id=null; x=undefined", "null"],
    ["a name that every object has", "__proto__=a; session_id=b", "b"],
    ["only separators", ";;;; ; ;", null],
    ["an equals sign alone", "=; =a; session_id=b", "b"],
    ["letters beyond ASCII", "session_id=\u00e9", "\u00e9"],
    ["a very long value", `session_id=${LONG}`, LONG],
    ["very many others", `${"x=1; ".repeat(20_000)}session_id=a`, "a"],
  ];
  for (const [what, header, value] of ROWS) {
    test(`reads ${what}`, () => {
      const headers: Record<string, string> = header === null ? {} : { cookie: header };
      expect(readCookie(new Request("http://localhost/", { headers }), "session_id")).toBe(value);
    });
  }

  test("reads two headers as one", () => {
    const headers = new Headers();
    headers.append("cookie", "x=1");
    headers.append("cookie", "session_id=a");
    expect(readCookie(new Request("http://localhost/", { headers }), "session_id")).toBe("a");
  });

  test("takes its name for text, not for a pattern", () => {
    const request = new Request("http://localhost/", { headers: { cookie: "axb=1; a.b=2" } });
    expect(readCookie(request, "a.b")).toBe("2");
  });
});

test("readCookie finds what splitting the header finds", () => {
  const part = fc.constantFrom("a", "=", ";", " ", "\t", "a=", "; a=", "b", "\u00a0", "xa=1");
  const trim = (text: string) => text.replace(/^[ \t]+|[ \t]+$/g, "");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const request = new Request("http://localhost/", { headers: { cookie: parts.join("") } });
      // What `Headers` makes of the text counts, so it is read back.
      const pairs = (request.headers.get("cookie") ?? "").split(";").map(trim);
      const found = pairs.find((pair) => pair.startsWith("a="))?.slice(2) ?? null;
      expect(readCookie(request, "a")).toBe(found);
    }),
    { seed: 11, numRuns: 2000 },
  );
});
