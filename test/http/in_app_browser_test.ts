import { describe, expect, test } from "bun:test";

import { isInAppBrowser } from "../../src/http/in_app_browser.ts";

const ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36";

const read = (userAgent: string) =>
  isInAppBrowser(new Request("http://localhost/", { headers: { "user-agent": userAgent } }));

describe("isInAppBrowser", () => {
  const IN_APP = {
    "Android WebView": `${ANDROID}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36`,
    "Facebook on Android": `${ANDROID}) ${CHROME} [FB_IAB/FB4A;FBAV/530.0.0.47.74;]`,
    "Facebook on iOS": `${IPHONE} Mobile/22F76 [FBAN/FBIOS;FBAV/530.0;FBDV/iPhone17,1]`,
    "Messenger on iOS": `${IPHONE} Mobile/22F76 [FBAN/MessengerForiOS;FBAV/500.0]`,
    "Instagram on iOS": `${IPHONE} Mobile/22F76 Instagram 400.0.0.26.75 (iPhone17,1; iOS 18_5)`,
    "Instagram on Android": `${ANDROID}) ${CHROME} Instagram 400.0.0.26.75 Android`,
    "Threads on iOS": `${IPHONE} Version/18.5 Mobile/22F76 Safari/604.1 Barcelona 400.0`,
    "TikTok on iOS": `${IPHONE} Mobile/22F76 musical_ly_41.0.0 JsSdk/2.0 BytedanceWebview/d8a21c6`,
    "Snapchat on iOS": `${IPHONE} Version/18.5 Mobile/22F76 Safari/604.1 Snapchat/13.40`,
    "LinkedIn on Android": `${ANDROID}) ${CHROME} [LinkedInApp]`,
    "Pinterest on iOS": `${IPHONE} Mobile/22F76 [Pinterest/iOS]`,
    "X on iOS": `${IPHONE} Version/18.5 Mobile/22F76 Safari/604.1 Twitter for iPhone/11.20`,
    "WeChat on Android": `${ANDROID}) ${CHROME} MicroMessenger/8.0.60`,
    "LINE on iOS": `${IPHONE} Mobile/22F76 Safari Line/15.10.0`,
    "KakaoTalk on Android": `${ANDROID}) ${CHROME};KAKAOTALK 25.6.0`,
    "any WKWebView on iOS": `${IPHONE} Mobile/22F76`,
  };
  for (const [name, userAgent] of Object.entries(IN_APP)) {
    test(`knows ${name}`, () => expect(read(userAgent)).toBe(true));
  }

  const BROWSERS = {
    "Chrome on Android": `${ANDROID}) ${CHROME}`,
    "Samsung Internet": `${ANDROID}) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    "Firefox on Android": "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0",
    "Safari on iOS": `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`,
    "Chrome on iOS": `${IPHONE} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`,
    "Firefox on iOS": `${IPHONE} FxiOS/144.0 Mobile/15E148 Safari/605.1.15`,
    "Edge on iOS": `${IPHONE} Version/18.0 EdgiOS/141.0.3537.57 Mobile/15E148 Safari/604.1`,
    "Google's app on iOS": `${IPHONE} GSA/380.0.788317806 Mobile/15E148 Safari/604.1`,
    "Chrome on Linux":
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Safari on a Mac":
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Firefox on Windows":
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Edge on Windows":
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    curl: "curl/8.14.1",
    "one that says nothing": "",
    "one that only looks like it": "Mozilla/5.0 Airline/5 Timeline/1 notInstagrammed",
  };
  for (const [name, userAgent] of Object.entries(BROWSERS)) {
    test(`takes ${name} for a browser`, () => expect(read(userAgent)).toBe(false));
  }

  test("reads 16 KB in under 5 ms", () => {
    const hostile = `${"iPad ".repeat(1600)}Safari/${"Safari ".repeat(1170)}`;
    expect(hostile.length).toBeGreaterThan(16_000);
    // Of several runs the fastest: another process may hold the core during one.
    const times = Array.from({ length: 9 }, () => {
      const begun = performance.now();
      read(hostile);
      return performance.now() - begun;
    });
    expect(Math.min(...times)).toBeLessThan(5);
  });
});
