import { signInAtStandIn } from "./accounts.ts";
import { drawChooser } from "./chooser.tsx";
import { type FlowRequest, readAuthorization, readFlow } from "./flow_request.ts";
import { drawFormPost } from "./form_post.tsx";
import { drawPrompt, drawResponse, type FlowResponse } from "./frames.tsx";
import { drawRefusal } from "./pages.tsx";
import { personHinted, personOf } from "./people.ts";
import { page } from "./responses.ts";
import type { RouteContext } from "./route_context.ts";

/** The ways through the stand-in, as routes: a page that asks, and the answer to what was chosen there. */
export function flowRoutes({ issueToken, approvals }: RouteContext) {
  const read = {
    "/gsi/select": readFlow,
    "/gsi/prompt": readFlow,
    "/o/oauth2/v2/auth": readAuthorization,
  };

  async function show(request: Request, action: keyof typeof read): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const flow = read[action](query);
    if (typeof flow === "string") return page(drawRefusal(flow), { status: 403 });
    const fields = Object.fromEntries(query);
    if (action === "/gsi/prompt") {
      return page(drawPrompt(flow, { person: personHinted(flow.loginHint), fields }));
    }
    const canCancel = flow.kind === "link";
    return page(
      drawChooser({ action, fields, purpose: `to continue to ${flow.origin}`, canCancel }),
    );
  }

  async function answer(request: Bun.BunRequest, action: keyof typeof read): Promise<Response> {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? "");
    const flow = read[action]({ get: text });
    if (typeof flow === "string") return page(drawRefusal(flow), { status: 403 });
    const { clientId, nonce, state, kind } = flow;
    const stated: Record<string, string> = state ? { state } : {};
    if (text("error")) return page(drawFormPost(flow.target, { error: text("error"), ...stated }));
    const person = personOf({ email: text("email"), name: text("name"), hostedDomain: text("hd") });
    const headers = signInAtStandIn(request, person);
    approvals.approve(person.sub, clientId);
    const credential = await issueToken({ person, clientId, ...(nonce ? { nonce } : {}) });
    if (kind === "link") {
      const fields = { ...stated, id_token: credential, authuser: "0" };
      return page(drawFormPost(flow.target, fields), { headers });
    }
    const selectBy = action === "/gsi/prompt" ? "user" : "btn";
    const response = { credential, select_by: selectBy, client_id: clientId, ...stated };
    const draw = kind === "popup" ? drawResponse : drawRedirect;
    return page(draw(flow, response), { headers });
  }

  const routes = (action: keyof typeof read) => ({
    GET: (request: Request) => show(request, action),
    POST: (request: Bun.BunRequest) => answer(request, action),
  });
  return {
    "/gsi/select": routes("/gsi/select"),
    "/gsi/prompt": routes("/gsi/prompt"),
    "/o/oauth2/v2/auth": routes("/o/oauth2/v2/auth"),
  };
}

/** The form of redirect mode, with the fields that Google's has. */
function drawRedirect({ target, csrfToken }: FlowRequest, response: FlowResponse): string {
  const fields = { ...response, clientId: response.client_id, g_csrf_token: csrfToken };
  return drawFormPost(target, fields);
}
