import type { FlowRequest } from "./flow_request.ts";
import { drawFormPost } from "./form_post.tsx";
import { drawRefusal } from "./refusal_page.tsx";
import { drawResponse, type FlowResponse } from "./response_page.tsx";
import { page } from "./responses.ts";

/** The end of a flow: it sends `response` to the application. `headers` report the Google session. */
export function endFlow(
  flow: FlowRequest,
  { response, headers }: { response: FlowResponse; headers: HeadersInit },
): Response {
  const { kind, target, csrfToken } = flow;
  if (kind === "popup") return page(drawResponse(flow, response), { headers });
  if (kind === "redirect") {
    return page(drawFormPost(target, { ...response, g_csrf_token: csrfToken }), { headers });
  }
  const fields = { ...stateField(flow), id_token: response.credential, authuser: "0" };
  return answerAuthorization(flow, { fields, headers });
}

/** The end of a flow that failed. A popup stays open and shows the error. */
export function failFlow(flow: FlowRequest, error: string): Response {
  const { kind, target, csrfToken } = flow;
  if (kind === "popup") return page(drawRefusal(`Error: ${error}`));
  const fields = { error, ...stateField(flow) };
  if (kind === "redirect")
    return page(drawFormPost(target, { ...fields, g_csrf_token: csrfToken }));
  return answerAuthorization(flow, { fields, headers: {} });
}

/** The field `state`, if it is not empty. */
export function stateField({ state }: FlowRequest): { state?: string } {
  return state ? { state } : {};
}

function answerAuthorization(
  { target, responseMode }: FlowRequest,
  { fields, headers }: { fields: Record<string, string>; headers: HeadersInit },
): Response {
  if (responseMode === "form_post") return page(drawFormPost(target, fields), { headers });
  const location = `${new URL(target).href}#${new URLSearchParams(fields)}`;
  return new Response(null, {
    status: 303,
    headers: { ...headers, Location: location, "Cache-Control": "no-store" },
  });
}
