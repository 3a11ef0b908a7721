import { readAccounts } from "./accounts.ts";
import { stated } from "./flow_end.ts";
import type { FlowRequest } from "./flow_request.ts";
import type { FlowResponse } from "./frames.tsx";
import type { StandInPerson } from "./people.ts";
import type { RouteContext } from "./route_context.ts";

/** A choice of an account, and Google's word for how it was made. */
export interface Selection {
  person: StandInPerson;
  selectBy: string;
}

/** The response to a choice; whoever chose has approved the client with it. */
export async function respondTo(
  { person, selectBy }: Selection,
  { flow, context }: { flow: FlowRequest; context: RouteContext },
): Promise<FlowResponse> {
  const { clientId, nonce, state } = flow;
  context.approvals.approve(person.sub, clientId);
  const credential = await context.issueToken({ person, clientId, ...(nonce ? { nonce } : {}) });
  return {
    credential,
    select_by: selectBy,
    client_id: clientId,
    clientId,
    ...stated(state),
  };
}

/**
 * Google's word for a choice in the account chooser: `btn` or `itp` by where it was opened, `confirm` with the
 * first consent, `add_session` for an account that was not signed in.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/js-reference#select_by
 */
export function nameChoice(
  request: Bun.BunRequest,
  {
    way,
    person,
    isApproved,
  }: { way: FlowRequest["way"]; person: StandInPerson; isApproved: boolean },
): string {
  const isSignedIn = readAccounts(request).some(({ sub }) => sub === person.sub);
  return `${way}${isApproved ? "" : "_confirm"}${isSignedIn ? "" : "_add_session"}`;
}
