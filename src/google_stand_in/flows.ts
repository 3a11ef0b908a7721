import { drawChooser } from "./chooser.tsx";
import { type FlowRequest, readAuthorization, readFlow } from "./flow_request.ts";
import { drawFormPost } from "./form_post.tsx";
import { drawPrompt, drawResponse } from "./frames.tsx";
import { drawRefusal } from "./pages.tsx";
import { personHinted, personOf } from "./people.ts";
import type { TokenOrder } from "./server.ts";

/** Makes a token. */
export type IssueToken = (order: TokenOrder) => Promise<string>;

const HTML = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };

/** A page of the stand-in's. */
export function page(html: string, status = 200): Response {
  return new Response(html, { status, headers: HTML });
}

/** The ways through the stand-in, as routes: a page that asks, and the answer to what was chosen there. */
export function flowRoutes(issueToken: IssueToken) {
  const read = {
    "/gsi/select": readFlow,
    "/gsi/prompt": readFlow,
    "/o/oauth2/v2/auth": readAuthorization,
  };

  async function show(request: Request, action: keyof typeof read): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const flow = read[action](query);
    if (typeof flow === "string") return page(drawRefusal(flow), 403);
    const fields = Object.fromEntries(query);
    if (action === "/gsi/prompt") {
      return page(drawPrompt(flow, { person: personHinted(flow.loginHint), fields }));
    }
    const canCancel = flow.kind === "link";
    return page(drawChooser({ action, fields, origin: flow.origin, canCancel }));
  }

  async function answer(request: Request, action: keyof typeof read): Promise<Response> {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? "");
    const flow = read[action]({ get: text });
    if (typeof flow === "string") return page(drawRefusal(flow), 403);
    const { clientId, nonce, state, kind } = flow;
    const stated: Record<string, string> = state ? { state } : {};
    if (text("error")) return page(drawFormPost(flow.target, { error: text("error"), ...stated }));
    const person = personOf({ email: text("email"), name: text("name"), hostedDomain: text("hd") });
    const credential = await issueToken({ person, clientId, ...(nonce ? { nonce } : {}) });
    if (kind === "link")
      return page(drawFormPost(flow.target, { ...stated, id_token: credential, authuser: "0" }));
    const selectBy = action === "/gsi/prompt" ? "user" : "btn";
    const response = { credential, select_by: selectBy, client_id: clientId, ...stated };
    return kind === "popup"
      ? page(drawResponse(flow, response))
      : page(drawRedirect(flow, response));
  }

  const routes = (action: keyof typeof read) => ({
    GET: (request: Request) => show(request, action),
    POST: (request: Request) => answer(request, action),
  });
  return {
    "/gsi/select": routes("/gsi/select"),
    "/gsi/prompt": routes("/gsi/prompt"),
    "/o/oauth2/v2/auth": routes("/o/oauth2/v2/auth"),
  };
}

/** The form of redirect mode, with the fields that Google's has. */
function drawRedirect(
  { target, csrfToken }: FlowRequest,
  response: Record<string, string>,
): string {
  const { client_id = "" } = response;
  return drawFormPost(target, { ...response, clientId: client_id, g_csrf_token: csrfToken });
}
