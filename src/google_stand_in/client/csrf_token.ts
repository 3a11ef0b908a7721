const MAX_AGE_S = 300;

/**
 * Sets Google's token against forged posts, and answers with it: a random value in a cookie of the page's
 * origin, on http://localhost without other attributes.
 */
export function setCsrfToken(): string {
  const token = crypto.randomUUID().replaceAll("-", "");
  const secure = location.protocol === "https:" ? "; SameSite=None; Secure" : "";
  document.cookie = `g_csrf_token=${token}; Path=/; Max-Age=${MAX_AGE_S}${secure}`;
  return token;
}
