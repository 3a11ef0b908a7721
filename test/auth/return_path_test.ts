import { describe, expect, test } from "bun:test";

import { localPage } from "../../src/auth/return_state.ts";

const ID = "0b8f7f1e-0000-4000-8000-00000000000a";

const HOSTILE: (string | null)[] = [
  null,
  "",
  " ",
  "spa",
  "//evil.example",
  "///evil.example",
  "////evil.example/spa",
  "/\\evil.example",
  "\\\\evil.example",
  "/\\/evil.example/spa",
  "/.//evil.example",
  "/..//evil.example",
  "/spa/..//evil.example",
  "/spa/../..//evil.example",
  "/./\\evil.example",
  "/%2F%2Fevil.example",
  "/%2fevil.example/spa",
  "/%5Cevil.example",
  "/spa/%2e%2e//evil.example",
  "/spa//evil.example",
  "/spa/\\evil.example",
  "/spa\\..\\evil",
  "https://evil.example",
  "https://evil.example/spa",
  "http:evil.example",
  "http:/evil.example",
  "https:/spa",
  "//evil.example/spa",
  "//localhost:3000@evil.example/spa",
  "/spa@evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:http://localhost/x",
  "\t//evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n/evil.example",
  "/spa\r\nSet-Cookie: a=b",
  "/spa\n\nx",
  "/\u0000/evil.example",
  "/spa\u0000",
  "\u2028//evil.example",
  "/／evil.example",
  "／／evil.example",
  "/。evil",
  "/spa/../auth/logout",
  "/auth/logout",
  "/auth/login",
  "/auth/google?return=/spa",
  "/htmx/content.secret1",
  "/healthz",
  "/assets/app.js",
  "/spax",
  "/SPA",
  "/spa/a/b",
  "/spa/<script>",
  "/spa/%",
  "/spa/ ",
  "?return=//evil.example",
  "#//evil.example",
  ".",
  "..",
  "../spa",
  ";/spa",
  "x".repeat(70_000),
  `/spa/${"../".repeat(100)}/evil.example`,
];

describe("localPage", () => {
  for (const text of HOSTILE) {
    test(`keeps ${JSON.stringify(text)?.slice(0, 50)} among our own pages`, () => {
      const path = localPage(text);
      expect(path).toMatch(/^\/spa(\/[\w.~%-]+)?$/);
      for (const origin of ["https://app.example.com", "http://localhost:3000"]) {
        const url = new URL(path, origin);
        expect(url.origin).toBe(origin);
        expect(url.href).toBe(origin + path);
      }
    });
  }

  const GOOD: [text: string, path: string][] = [
    ["/spa", "/spa"],
    ["/spa/content.secret1", "/spa/content.secret1"],
    ["/spa/garden_2-b", "/spa/garden_2-b"],
    ["/spa/content.top?x=//evil.example#y", "/spa/content.top"],
    ["/spa/z%C3%BCrich", "/spa/z%C3%BCrich"],
    ["/spa/../spa/content.top", "/spa/content.top"],
    [
      "/spa/enter?return=https%3A%2F%2Fa.example%2F",
      "/spa/enter?return=https%3A%2F%2Fa.example%2F",
    ],
    [
      "/auth/sign_out?return=https%3A%2F%2Fa.example%2F%3Fb#c",
      "/spa/enter?return=https%3A%2F%2Fa.example%2F%3Fb",
    ],
    [`/spa/admin.people?person=${ID}`, `/spa/admin.people?person=${ID}`],
    [`/spa/admin?x=1&person=${ID}#y`, `/spa/admin?person=${ID}`],
    [
      "/spa/record?zone=Europe%2FBerlin&kind=signed_in&since=2026-11-01&until=2026-11-02&after=7",
      "/spa/record?kind=signed_in&since=2026-11-01&until=2026-11-02&zone=Europe%2FBerlin",
    ],
    // What somebody typed is not for Google.
    ["/spa/record?person=ada%40gmail.com&kind=x%20y", "/spa/record"],
    ["/spa/admin.people?q=ada&person=Ada", "/spa/admin.people"],
    [`/spa/content.list?person=${ID}`, "/spa/content.list"],
    ["/auth/sign_out?return=", "/spa"],
    ["/auth/sign_out", "/spa"],
    [`/auth/sign_out?return=${"x".repeat(5000)}`, "/spa"],
    // Encoded, it would be longer than Google's answer may be.
    [`/auth/sign_out?return=${"/".repeat(3900)}`, "/spa"],
  ];
  for (const [text, path] of GOOD) {
    test(`leads ${text} to ${path}`, () => expect(localPage(text)).toBe(path));
  }
});
