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

/** Cross-Account Protection (RISC): security events and the API that configures them. */
export interface RiscStandIn {
  /** Signs a security event token, valid or with a fault. */
  issueSecurityEvent: IssueSecurityEvent;
  /** Creates a service account for the RISC API in this client's project. Returns its key file. */
  createServiceAccount(clientId: string): Promise<KeyFile>;
  routes: ReturnType<typeof riscRoutes>;
}

/** Creates the RISC part, which signs with `keys`. `now` is in milliseconds since 1970. */
export function createRisc(options: { keys: SigningKeys; now: () => number }): RiscStandIn {
  const issueSecurityEvent = createSecurityEventIssuer(options);
  const accounts = createServiceAccounts(options.now);
  return {
    issueSecurityEvent,
    createServiceAccount: accounts.create,
    routes: riscRoutes({ issueSecurityEvent, accounts }),
  };
}

function riscRoutes(options: Parameters<typeof riscApiRoutes>[0]) {
  return {
    ...riscApiRoutes(options),
    "/stand_in/security_event": {
      POST: async (request: Request) =>
        sendSecurityEvent(options.issueSecurityEvent, await request.json()),
    },
    "/stand_in/service_account": {
      POST: async (request: Request) => {
        const { clientId } = (await request.json()) as { clientId: string };
        return Response.json(await options.accounts.create(clientId));
      },
    },
  };
}

/** The JSON body of `POST /stand_in/security_event`. */
interface Delivery {
  /** The URL of the receiver, on this machine. */
  target: string;
  kind: EventName;
  email: string;
  clientId: string;
  fault?: EventFault;
  reason?: string;
  state?: string;
}

async function sendSecurityEvent(
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
