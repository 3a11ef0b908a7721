import { setCsrfToken } from "./csrf_token.ts";
import type { Response } from "./flow.ts";

/**
 * Posts the response from the page itself, as Google's script does if there is a `login_uri` but no
 * callback. `parameters` are additional fields.
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
