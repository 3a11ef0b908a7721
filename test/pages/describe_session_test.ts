import { describe, expect, test } from "bun:test";

import { describeBrowser, describeMethod } from "../../src/pages/describe_session.ts";

const CHROMIUM = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";

describe("a browser in plain words", () => {
  const ROWS: [userAgent: string, words: string][] = [
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROMIUM} Safari/537.36`, "Chrome on Windows"],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROMIUM} Safari/537.36 Edg/141.0.0.0`,
      "Microsoft Edge on Windows",
    ],
    [
      `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${CHROMIUM} Mobile Safari/537.36`,
      "Chrome on Android",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      "Safari on iOS",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
      "Safari on macOS",
    ],
    ["", "An unknown browser"],
  ];
  for (const [userAgent, words] of ROWS) {
    test(words, () => expect(describeBrowser(userAgent)).toBe(words));
  }

  const HOSTILE = [
    "x".repeat(8000),
    "<script>alert(1)</script>/1.0",
    "\0",
    "((((",
    "Mozilla/5.0 (",
    "__proto__/1",
  ];
  for (const userAgent of HOSTILE) {
    test(`is short for any User-Agent: ${JSON.stringify(userAgent.slice(0, 20))}`, () => {
      const words = describeBrowser(userAgent);
      expect(words.length).toBeGreaterThan(0);
      expect(words.length).toBeLessThan(130);
    });
  }
});

describe("a sign-in method in plain words", () => {
  const ROWS = {
    btn: "by the Google button",
    btn_confirm_add_session: "by the Google button",
    fedcm_button: "by the browser's Google button",
    fedcm: "by Google's prompt",
    fedcm_auto: "by Google's prompt",
    user_1tap: "by Google's prompt",
    link: "on Google's page",
    "": "",
    something_new: "",
  };
  for (const [method, words] of Object.entries(ROWS)) {
    test(`${method}: ${words}`, () => expect(describeMethod(method)).toBe(words));
  }
});
