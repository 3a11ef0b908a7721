import { setCsrfToken } from "./csrf_token.ts";
import type { Response } from "./flow.ts";

/**
 * Posts Google's response from the page itself, as Google's script does where there is a `login_uri` and no
 * callback; `parameters` are the page's own, and go with it.
 */
export function postFromPage(
  response: Response,
  { loginUri, parameters }: { loginUri: string; parameters: Record<string, string> },
): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = loginUri;
  const fields = { ...parameters, ...response, g_csrf_token: setCsrfToken() };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
