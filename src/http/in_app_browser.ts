/** User agents of browsers inside other apps; Google refuses them (`disallowed_useragent`). */
const IN_APP_BROWSERS = [
  // The WebView of Android.
  /; wv\)/,
  /\bFB(?:AN|AV|_IAB|IOS)\b/,
  /\bInstagram\b/,
  /\bBarcelona\b/,
  /\b(?:TikTok|musical_ly|BytedanceWebview)\b/,
  /\b(?:Snapchat|Pinterest|LinkedInApp|Twitter for iPhone|MicroMessenger|KAKAOTALK)\b/,
  /\bLine\/\d/,
];

const APPLE_DEVICE = /\b(?:iPhone|iPad|iPod)\b/;

/** Longer than any browser's. A client chooses it, and no rule needs to read 16 KB. */
const LONGEST_USER_AGENT = 300;

/**
 * Whether a request comes from a browser inside another app, where Google refuses every sign-in.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/policies#secure-response-handling
 */
export function isInAppBrowser(request: Request): boolean {
  const userAgent = (request.headers.get("user-agent") ?? "").slice(0, LONGEST_USER_AGENT);
  return isAppleWebView(userAgent) || IN_APP_BROWSERS.some((pattern) => pattern.test(userAgent));
}

/** Apple's WebView is the only browser on its devices without "Safari" in its name. */
function isAppleWebView(userAgent: string): boolean {
  return APPLE_DEVICE.test(userAgent) && !/\bSafari\//.test(userAgent);
}
