import { readAuthorization } from "./authorization_request.ts";
import { drawChooser, drawClosedChooser } from "./chooser.tsx";
import { endFlow, failFlow } from "./flow_end.ts";
import { type FlowRequest, readFlow } from "./flow_request.ts";
import {
  findAccount,
  type GoogleAccount,
  readAccounts,
  signInAtStandIn,
} from "./google_session.ts";
import { offeredTo, PEOPLE, personIn, type StandInPerson } from "./people.ts";
import { drawRefusal } from "./refusal_page.tsx";
import { page, readForm } from "./responses.ts";
import type { RouteContext } from "./route_context.ts";
import { nameMethod, respondTo } from "./selection.ts";

const READ = { "/gsi/select": readFlow, "/o/oauth2/v2/auth": readAuthorization };

type Action = keyof typeof READ;

const EMBEDDED = "Error 403: disallowed_useragent";

/** Whether the browser is embedded in another app. Google refuses some of these by user agent. */
function isEmbedded(request: Request): boolean {
  return /; wv\)|\bFBA[NV]\b|\bInstagram\b/.test(request.headers.get("User-Agent") ?? "");
}

/** The account chooser: for the button (popup or redirect) and for authorization requests. */
export function chooserRoutes(context: RouteContext) {
  const { approvals, behaviour, registration } = context;

  async function showChooser(request: Bun.BunRequest, action: Action): Promise<Response> {
    if (isEmbedded(request)) return page(drawRefusal(EMBEDDED), { status: 403 });
    const query = new URL(request.url).searchParams;
    const flow = READ[action](query, registration);
    if (typeof flow === "string") return page(drawRefusal(flow), { status: 403 });
    if (flow.kind === "popup" && behaviour.current().popup === "closes")
      return page(drawClosedChooser());
    const known = findApproved(request, flow);
    if (flow.prompt === "none" && !known) return failFlow(flow, "interaction_required");
    if (known && flow.prompt !== "choose") return finish(request, { flow, person: known });
    const { hd: _, ...fields } = Object.fromEntries(query);
    const people = offeredTo(PEOPLE, flow.hostedDomain);
    const canCancel = flow.kind === "link";
    const purpose = `to continue to ${flow.origin}`;
    return page(drawChooser({ action, fields, people, purpose, canCancel }));
  }

  /** The account that needs no question: the hinted one, or with `prompt=none` the only one. */
  function findApproved(request: Bun.BunRequest, flow: FlowRequest): GoogleAccount | undefined {
    const accounts = offeredTo(readAccounts(request), flow.hostedDomain);
    const [only, ...others] = accounts;
    const isOnly = flow.prompt === "none" && !flow.loginHint && others.length === 0;
    const account = isOnly ? only : findAccount(request, flow.loginHint);
    return account && approvals.hasApproved(account.sub, flow.clientId) ? account : undefined;
  }

  async function readChoice(request: Bun.BunRequest, action: Action): Promise<Response> {
    const form = await readForm(request);
    const flow = READ[action](form, registration);
    if (typeof flow === "string") return page(drawRefusal(flow), { status: 403 });
    const cancelled = form.get("error");
    if (cancelled) return failFlow(flow, cancelled);
    const person = personIn(form);
    return person
      ? finish(request, { flow, person })
      : page(drawRefusal("Choose an account."), { status: 400 });
  }

  async function finish(
    request: Bun.BunRequest,
    { flow, person }: { flow: FlowRequest; person: StandInPerson },
  ): Promise<Response> {
    const outcome = behaviour.current().answer;
    if (outcome !== "token") return failFlow(flow, outcome);
    const isApproved = approvals.hasApproved(person.sub, flow.clientId);
    const method = nameMethod(request, { flow, person, isApproved });
    const { account, headers } = signInAtStandIn(request, { person, now: context.now() });
    const response = await respondTo({ account, method }, { flow, context });
    return endFlow(flow, { response, headers });
  }

  const routes = (action: Action) => ({
    GET: (request: Bun.BunRequest) => showChooser(request, action),
    POST: (request: Bun.BunRequest) => readChoice(request, action),
  });
  return {
    "/gsi/select": routes("/gsi/select"),
    "/o/oauth2/v2/auth": routes("/o/oauth2/v2/auth"),
  };
}
