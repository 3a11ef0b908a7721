import { disconnectFedCm, hasFedCm } from "./fedcm.ts";
import type { Flow } from "./flow.ts";

type RevocationResponse = google.accounts.id.RevocationResponse;

/** Withdraws the approval of the client. `hint` is the address or `sub` of the account. */
export async function revoke(flow: Flow | null, hint: string): Promise<RevocationResponse> {
  if (!flow) return refuse("missing_client_id");
  if (!hint) return refuse("invalid_parameter");
  if (hasFedCm()) {
    return (await disconnectFedCm(flow, hint)) ? { successful: true } : refuse("unknown_error");
  }
  const body = new URLSearchParams({ client_id: flow.configuration.client_id, hint });
  try {
    const response = await fetch(`${flow.base}/gsi/revoke`, {
      method: "POST",
      credentials: "include",
      body,
    });
    return await response.json();
  } catch {
    return refuse("unknown_error");
  }
}

function refuse(error: string): RevocationResponse {
  return { successful: false, error };
}
