import { describe, expect, test } from "bun:test";

import {
  describeBrowser,
  describeDevice,
  describeMethod,
  describeOwnSessions,
} from "../../src/pages/describe_session.ts";
import { EN } from "../../views/words/en.ts";

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
      "Safari on iPhone",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
      "Safari on macOS",
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
      "Safari on iPad",
    ],
    ["", "Unknown browser"],
  ];
  for (const [userAgent, words] of ROWS) {
    test(words, () => expect(describeBrowser(userAgent, EN)).toBe(words));
  }

  const HOSTILE = [
    "x".repeat(8000),
    "<script>alert(1)</script>/1.0",
    "\0",
    "((((",
    "Mozilla/5.0 (",
    "__proto__/1",
    `Mozilla/5.0 (${"\u202e\u2066".repeat(90)}) \u202eChrome/1`,
    `Mozilla/5.0 (iPhone; CPU ${"iPhone".repeat(60)} OS 18_5 like Mac OS X) Mobile Safari/604.1`,
    "👩🏽‍🚀".repeat(500),
  ];
  for (const userAgent of HOSTILE) {
    test(`is short for any User-Agent: ${JSON.stringify(userAgent.slice(0, 20))}`, () => {
      const words = describeBrowser(userAgent, EN);
      expect(words.length).toBeGreaterThan(0);
      expect(words.length).toBeLessThan(130);
    });
  }
});

describe("a sign-in method in plain words", () => {
  const ROWS = {
    btn: "Google button",
    btn_confirm_add_session: "Google button",
    fedcm_button: "Browser’s sign-in dialog",
    fedcm: "Google prompt",
    fedcm_auto: "Google prompt",
    user_1tap: "Google prompt",
    link: "Google’s page",
    "": "",
    something_new: "",
  };
  for (const [method, words] of Object.entries(ROWS)) {
    test(`${method}: ${words}`, () => expect(describeMethod(method, EN)).toBe(words));
  }
});

describe("a device", () => {
  const PHONE = `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${CHROMIUM} Mobile Safari/537.36`;
  const COMPUTER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const HERE = "this machine";
  const THERE = "203.0.113.0/24";

  test("is a phone or a computer", () => {
    expect(describeDevice(PHONE, EN).kind).toBe("phone");
    expect(describeDevice(COMPUTER, EN).kind).toBe("computer");
    expect(describeDevice("", EN).kind).toBe("computer");
  });

  /** Where a device seems to be, for a person who looks from `own`. */
  const PLACES: [own: string, network: string, userAgent: string, place: string][] = [
    [THERE, THERE, COMPUTER, "Network 203.0.113.0/24"],
    [HERE, THERE, PHONE, "Network 203.0.113.0/24"],
    [HERE, HERE, COMPUTER, "This computer"],
    // What comes through a tunnel or a proxy is not where it seems to be.
    [HERE, HERE, PHONE, ""],
    [THERE, HERE, COMPUTER, "The computer that runs this site"],
    [THERE, "", COMPUTER, ""],
  ];
  for (const [own, network, userAgent, place] of PLACES) {
    test(`at "${network}", seen from "${own}", is at "${place}"`, () => {
      const times = { createdAt: 0, lastSeenAt: 0, boundAt: null, authenticatedAt: null };
      const rest = { ...times, method: "", amr: null };
      const sessions = [
        { id: "other", userAgent, network, ...rest },
        { id: "own", userAgent: COMPUTER, network: own, ...rest },
      ];
      const rows = describeOwnSessions(sessions, { thisId: "own", words: EN });
      expect(rows.map(({ id }) => id)).toEqual(["own", "other"]);
      expect(rows[1]?.place).toBe(place);
    });
  }
});
