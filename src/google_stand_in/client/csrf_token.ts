const MAX_AGE_S = 300;

/**
 * Sets the cookie `g_csrf_token` on the page's origin to a random value, and returns the value. On http
 * the cookie has neither `SameSite` nor `Secure`, as with Google.
 */
export function setCsrfToken(): string {
  const token = crypto.randomUUID().replaceAll("-", "");
  const secure = location.protocol === "https:" ? "; SameSite=None; Secure" : "";
  document.cookie = `g_csrf_token=${token}; Path=/; Max-Age=${MAX_AGE_S}${secure}`;
  // Reading waits until the browser has stored it: a form that is sent at once can leave without it (seen in Chromium).
  void document.cookie;
  return token;
}
