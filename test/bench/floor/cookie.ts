/** The value of the cookie `name`, or an empty text. */
export function readCookie(cookies: string, name: string): string {
  const start = `; ${cookies}`.indexOf(`; ${name}=`);
  const end = cookies.indexOf(";", start);
  return start < 0 ? "" : cookies.slice(start + name.length + 1, end < 0 ? undefined : end);
}

/** The SHA-256 of `text`, in base64url. */
export function hash(text: string): string {
  return Bun.SHA256.hash(text, "base64url");
}
