import { join } from "node:path";

import { escapeHTML } from "bun";

const HTMX = join(import.meta.dir, "../../../node_modules/htmx.org/dist/htmx.min.js");

/** Who visits, as the proxy tells the application, and where they sign out. */
export interface ApplicationVisit {
  auth: string;
  person: Headers;
}

/** An application that knows nothing of sign-in: it says what was asked for, and whom the proxy names. */
export function drawApplication(
  { href, pathname, search }: URL,
  { auth, person }: ApplicationVisit,
): Response {
  if (pathname === "/htmx.js") return new Response(Bun.file(HTMX));
  const email = person.get("x-auth-request-email") ?? "";
  if (pathname === "/part") return new Response(`Loaded for ${email}`);
  const signOut = `${auth}/auth/sign_out?${new URLSearchParams({ return: href })}`;
  const html = `<!doctype html><html lang="en">
    <head>
      <meta charset="utf-8"><title>Wiki</title><link rel="icon" href="data:,">
      <script src="/htmx.js" defer></script>
    </head>
    <body>
      <h1>Wiki</h1>
      <p id="asked">${escapeHTML(pathname + search)}</p>
      <p id="person">${escapeHTML(email)}</p>
      <button hx-get="/part" hx-target="#part">Load</button>
      <p id="part"></p>
      <a id="sign_out" href="${escapeHTML(signOut)}">Sign out</a>
    </body></html>`;
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
