import type { FlowRequest } from "./flow_request.ts";
import { drawFormPost } from "./form_post.tsx";
import { drawRefusal } from "./refusal_page.tsx";
import { drawResponse, type FlowResponse } from "./response_page.tsx";

/** The last page of a flow, which takes Google's answer to where it is expected. */
export function drawEnd(flow: FlowRequest, response: FlowResponse): string {
  const { kind, target, csrfToken, state } = flow;
  if (kind === "popup") return drawResponse(flow, response);
  if (kind === "redirect") return drawFormPost(target, { ...response, g_csrf_token: csrfToken });
  const { credential } = response;
  return drawFormPost(target, { ...stateField(state), id_token: credential, authuser: "0" });
}

/** The last page of a flow that came to nothing; a popup stays, and says so. */
export function drawError({ kind, target, csrfToken, state }: FlowRequest, error: string): string {
  if (kind === "popup") return drawRefusal(`Error: ${error}`);
  const fields = { error, ...stateField(state) };
  return drawFormPost(
    target,
    kind === "redirect" ? { ...fields, g_csrf_token: csrfToken } : fields,
  );
}

/** The member `state`, if there is one. */
export function stateField(state: string): { state?: string } {
  return state ? { state } : {};
}
