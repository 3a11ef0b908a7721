/** User agents of browsers inside other apps; Google refuses them (`disallowed_useragent`). */
const IN_APP_BROWSERS = [
  // The WebViews of Android and Apple. Apple's is the only browser there without "Safari" in its name.
  /; wv\)/,
  /\b(?:iPhone|iPad|iPod)\b(?!.*\bSafari\/)/,
  /\bFB(?:AN|AV|_IAB|IOS)\b/,
  /\bInstagram\b/,
  /\bBarcelona\b/,
  /\b(?:TikTok|musical_ly|BytedanceWebview)\b/,
  /\b(?:Snapchat|Pinterest|LinkedInApp|Twitter for iPhone|MicroMessenger|KAKAOTALK)\b/,
  /\bLine\/\d/,
];

/**
 * Whether a request comes from a browser inside another app, where Google refuses every sign-in.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/policies#secure-response-handling
 */
export function isInAppBrowser(request: Request): boolean {
  const userAgent = request.headers.get("user-agent") ?? "";
  return IN_APP_BROWSERS.some((pattern) => pattern.test(userAgent));
}
