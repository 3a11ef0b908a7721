import type { FlowRequest } from "./flow_request.ts";
import { drawFormPost } from "./form_post.tsx";
import { drawRefusal } from "./refusal_page.tsx";
import { drawResponse, type FlowResponse } from "./response_page.tsx";

/** The last page of a flow. It sends the response to the application. */
export function drawEnd(flow: FlowRequest, response: FlowResponse): string {
  const { kind, target, csrfToken, state } = flow;
  if (kind === "popup") return drawResponse(flow, response);
  if (kind === "redirect") return drawFormPost(target, { ...response, g_csrf_token: csrfToken });
  const { credential } = response;
  return drawFormPost(target, { ...stateField(state), id_token: credential, authuser: "0" });
}

/** The last page of a flow that failed. A popup stays open and shows the error. */
export function drawError({ kind, target, csrfToken, state }: FlowRequest, error: string): string {
  if (kind === "popup") return drawRefusal(`Error: ${error}`);
  const fields = { error, ...stateField(state) };
  return drawFormPost(
    target,
    kind === "redirect" ? { ...fields, g_csrf_token: csrfToken } : fields,
  );
}

/** The field `state`, if it is not empty. */
export function stateField(state: string): { state?: string } {
  return state ? { state } : {};
}
