import { describe, expect, test } from "bun:test";

import { isDocumentNavigation } from "../../src/http/navigation.ts";

const HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

const ROWS: [what: string, headers: Record<string, string>, isNavigation: boolean][] = [
  ["a link", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", accept: HTML }, true],
  ["a browser that says only the mode", { "sec-fetch-mode": "navigate" }, true],
  ["a frame", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe", accept: HTML }, false],
  ["an embedded object", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "object" }, false],
  ["a fetch", { "sec-fetch-mode": "cors", accept: HTML }, false],
  ["a picture", { "sec-fetch-mode": "no-cors", accept: "image/avif,image/webp,*/*" }, false],
  ["a WebSocket", { "sec-fetch-mode": "websocket", upgrade: "websocket" }, false],
  ["a WebSocket of an older browser", { upgrade: "websocket", accept: HTML }, false],
  ["htmx", { "hx-request": "true", "sec-fetch-mode": "navigate", accept: HTML }, false],
  ["an older browser", { accept: HTML }, true],
  ["an older browser in capitals", { accept: "TEXT/HTML" }, true],
  ["an older script", { accept: HTML, "x-requested-with": "XMLHttpRequest" }, false],
  ["a client of JSON", { accept: "application/json, text/html;q=0.9" }, false],
  ["curl", { accept: "*/*" }, false],
  ["no header at all", {}, false],
  ["HTML that is refused", { accept: "text/html;q=0" }, false],
  ["a weight that is none", { accept: "text/html;q=x, */*;q=0.1" }, false],
  ["a weight that is too big", { accept: "text/html;q=7" }, false],
  ["HTML behind many types", { accept: `${"a/b,".repeat(9000)}text/html` }, false],
  ["a lot of parameters", { accept: `text/html${";a=b".repeat(9000)}` }, true],
];

describe("isDocumentNavigation", () => {
  for (const [what, headers, isNavigation] of ROWS) {
    test(`is ${isNavigation} for ${what}`, () => {
      const request = new Request("http://localhost/", { headers });
      expect(isDocumentNavigation(request)).toBe(isNavigation);
    });
  }
});
