import { isLoopbackUrl } from "./loopback.ts";
import { personOf } from "./people.ts";
import { createServiceAccounts, type KeyFile } from "./risc_accounts.ts";
import { riscApiRoutes } from "./risc_api.ts";
import { EVENT_FAULTS, type EventFault } from "./security_event_faults.ts";
import { EVENT_URIS, type EventName } from "./security_event_tokens.ts";
import {
  createSecurityEventIssuer,
  deliverSecurityEvent,
  type IssueSecurityEvent,
} from "./security_events.ts";
import type { SigningKeys } from "./signing_keys.ts";

/** Cross-Account Protection at the stand-in. */
export interface RiscStandIn {
  /** A security event token, right or with any fault. */
  issueSecurityEvent: IssueSecurityEvent;
  /** The key file of a service account that may call the RISC API, in the project that has this client. */
  createServiceAccount(clientId: string): Promise<KeyFile>;
  routes: ReturnType<typeof riscRoutes>;
}

/** Issues security events under `keys`, and plays the RISC API. */
export function createRisc(options: { keys: SigningKeys; now: () => number }): RiscStandIn {
  const issueSecurityEvent = createSecurityEventIssuer(options);
  const accounts = createServiceAccounts(options.now);
  return {
    issueSecurityEvent,
    createServiceAccount: accounts.create,
    routes: riscRoutes({ issueSecurityEvent, accounts }),
  };
}

type Parts = Parameters<typeof riscApiRoutes>[0];

function riscRoutes(parts: Parts) {
  return {
    ...riscApiRoutes(parts),
    "/stand_in/security_event": {
      POST: async (request: Request) => send(parts.issueSecurityEvent, await request.json()),
    },
    "/stand_in/service_account": {
      POST: async (request: Request) => {
        const { clientId } = (await request.json()) as { clientId: string };
        return Response.json(await parts.accounts.create(clientId));
      },
    },
  };
}

/** What is posted to the stand-in to have an event sent; it answers with what the receiver said. */
interface Delivery {
  target: string;
  kind: EventName;
  email: string;
  clientId: string;
  fault?: EventFault;
  reason?: string;
  state?: string;
}

async function send(
  issue: IssueSecurityEvent,
  { target, email, ...order }: Delivery,
): Promise<Response> {
  if (!isLoopbackUrl(target)) {
    return Response.json({ error: "The target must be on this machine" }, { status: 400 });
  }
  const isKnown = order.fault === undefined || EVENT_FAULTS.has(order.fault);
  if (!Object.hasOwn(EVENT_URIS, order.kind) || !isKnown) {
    const known = { kinds: Object.keys(EVENT_URIS), faults: [...EVENT_FAULTS.keys()] };
    return Response.json(known, { status: 400 });
  }
  const token = await issue({ ...order, person: personOf({ email }) });
  const answer = await deliverSecurityEvent(token, target).catch(() => null);
  if (!answer) return Response.json({ error: "The target does not answer" }, { status: 502 });
  return Response.json({ status: answer.status, answer: await answer.text() });
}
