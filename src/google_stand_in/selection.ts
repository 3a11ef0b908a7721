import { stateField } from "./flow_end.ts";
import type { FlowRequest } from "./flow_request.ts";
import { readAccounts } from "./google_session.ts";
import type { StandInPerson } from "./people.ts";
import type { FlowResponse } from "./response_page.tsx";
import type { RouteContext } from "./route_context.ts";

/** A choice of an account, and Google's word for how it was made. */
export interface Selection {
  person: StandInPerson;
  method: string;
}

/** The response to a choice; whoever chose has approved the client with it. */
export async function respondTo(
  { person, method }: Selection,
  { flow, context }: { flow: FlowRequest; context: RouteContext },
): Promise<FlowResponse> {
  const { clientId, nonce, state } = flow;
  context.approvals.approve(person.sub, clientId);
  const credential = await context.issueToken({ person, clientId, ...(nonce ? { nonce } : {}) });
  return {
    credential,
    select_by: method,
    client_id: clientId,
    clientId,
    ...stateField(state),
  };
}

/**
 * Google's word for a choice in the account chooser: `btn` or `itp` by where it was opened, `confirm` with the
 * first consent, `add_session` for an account that was not signed in.
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
