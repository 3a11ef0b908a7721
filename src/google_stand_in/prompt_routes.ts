import { corsFor } from "./cors.ts";
import { type FlowRequest, readFlow } from "./flow_request.ts";
import { findAccount, readAccounts } from "./google_session.ts";
import { offeredTo } from "./people.ts";
import { drawItpPrompt, drawPrompt } from "./prompt_pages.tsx";
import { drawRefusal } from "./refusal_page.tsx";
import { drawResponse } from "./response_page.tsx";
import { only, page, readForm } from "./responses.ts";
import type { RouteContext } from "./route_context.ts";
import { respondTo, type Selection } from "./selection.ts";

/** The One Tap card for browsers without FedCM, and the requests of Google's script. */
export function promptRoutes(context: RouteContext) {
  const { approvals, behaviour, registration } = context;

  /** Answers `{ reason }` if no card can be shown, else `{}`. */
  function answerStatus(request: Bun.BunRequest): Response {
    const allowed = corsFor(request, registration);
    if (!allowed) return new Response(null, { status: 403 });
    const isSignedIn = readAccounts(request).length > 0;
    const status = isSignedIn ? {} : { reason: "opt_out_or_no_session" };
    return Response.json(status, { headers: allowed.cors });
  }

  async function showCard(request: Bun.BunRequest): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const flow = readFlow(query, registration);
    if (typeof flow === "string") return page(drawRefusal(flow), { status: 403 });
    if (flow.trigger === "itp") return page(drawItpPrompt(flow));
    const people = offeredTo(readAccounts(request), flow.hostedDomain);
    const [returning, ...others] = people.filter(({ sub }) =>
      approvals.hasApproved(sub, flow.clientId),
    );
    if (query.get("auto_select") === "true" && returning && others.length === 0) {
      return finish(flow, { account: returning, method: "auto" });
    }
    return page(drawPrompt(flow, { people, fields: Object.fromEntries(query) }));
  }

  async function readChoice(request: Bun.BunRequest): Promise<Response> {
    const form = await readForm(request);
    const flow = readFlow(form, registration);
    if (typeof flow === "string") return page(drawRefusal(flow), { status: 403 });
    const account = findAccount(request, form.get("email"));
    if (!account) return page(drawRefusal("You are signed out."), { status: 403 });
    const isChromium = request.headers.get("User-Agent")?.includes("Chrom");
    const first = isChromium ? "user_1tap" : "user_2tap";
    const isApproved = approvals.hasApproved(account.sub, flow.clientId);
    return finish(flow, { account, method: isApproved ? "user" : first });
  }

  async function finish(flow: FlowRequest, selection: Selection): Promise<Response> {
    const isFailing = behaviour.current().answer !== "token";
    return page(
      drawResponse(flow, isFailing ? null : await respondTo(selection, { flow, context })),
    );
  }

  async function revoke(request: Bun.BunRequest): Promise<Response> {
    const allowed = corsFor(request, registration);
    if (!allowed) return new Response(null, { status: 403 });
    const form = await readForm(request);
    const person = findAccount(request, form.get("hint"));
    const clientId = form.get("client_id");
    const refuse = (error: string) =>
      Response.json({ successful: false, error }, { headers: allowed.cors });
    if (!person) return refuse("opt_out_or_no_session");
    if (!approvals.hasApproved(person.sub, clientId)) return refuse("client_not_found");
    approvals.withdraw(person.sub, clientId);
    return Response.json({ successful: true }, { headers: allowed.cors });
  }

  return {
    "/gsi/status": only("GET", answerStatus),
    "/gsi/prompt": { GET: showCard, POST: readChoice },
    "/gsi/revoke": only("POST", revoke),
  };
}
