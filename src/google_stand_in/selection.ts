import { stateField } from "./flow_end.ts";
import type { FlowRequest } from "./flow_request.ts";
import { type GoogleAccount, readAccounts } from "./google_session.ts";
import type { StandInPerson } from "./people.ts";
import type { FlowResponse } from "./response_page.tsx";
import type { RouteContext } from "./route_context.ts";
import { sessionClaims } from "./session_claims.ts";

/** A chosen account, and the method (the value of `select_by`). */
export interface Selection {
  account: GoogleAccount;
  method: string;
}

/** Approves the client for the person, and makes the response to the application. */
export async function respondTo(
  { account, method }: Selection,
  { flow, context }: { flow: FlowRequest; context: RouteContext },
): Promise<FlowResponse> {
  const { clientId, nonce, claims: wanted } = flow;
  context.approvals.approve(account.sub, clientId);
  const play = context.behaviour.current();
  const credential = await context.issueToken({
    person: account,
    clientId,
    claims: sessionClaims(account, { wanted, play, now: context.now() }),
    ...(nonce ? { nonce } : {}),
  });
  return {
    credential,
    select_by: method,
    client_id: clientId,
    clientId,
    ...stateField(flow),
  };
}

/**
 * The method of a choice in the account chooser: `btn` or `itp` by the trigger, `confirm` with the first
 * consent, `add_session` for an account that was not signed in.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/js-reference#select_by
 */
export function nameMethod(
  request: Bun.BunRequest,
  { flow, person, isApproved }: { flow: FlowRequest; person: StandInPerson; isApproved: boolean },
): string {
  const isSignedIn = readAccounts(request).some(({ sub }) => sub === person.sub);
  return `${flow.trigger}${isApproved ? "" : "_confirm"}${isSignedIn ? "" : "_add_session"}`;
}
