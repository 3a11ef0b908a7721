import { isLoopbackUrl } from "./loopback.ts";
import type { ServiceAccounts } from "./risc_accounts.ts";
import { RiscApiRefusal, serveJson } from "./risc_api_refusal.ts";
import { EVENT_URIS } from "./security_event_tokens.ts";
import { deliverSecurityEvent, type IssueSecurityEvent } from "./security_events.ts";

interface StreamConfig {
  delivery: { delivery_method: string; url: string };
  events_requested: string[];
}

const PUSH = "https://schemas.openid.net/secevent/risc/delivery-method/push";

/**
 * The part of Google's RISC API that configures the event stream. Each project has one stream.
 *
 * @see https://developers.google.com/identity/protocols/risc#register_receiver
 */
export function riscApiRoutes({
  accounts,
  issueSecurityEvent,
}: {
  accounts: ServiceAccounts;
  issueSecurityEvent: IssueSecurityEvent;
}) {
  const streams = new Map<string, { config: StreamConfig; status: "enabled" | "disabled" }>();

  async function findStream(request: Request) {
    const clientId = await accounts.authenticate(request);
    const stream = streams.get(clientId);
    if (!stream) throw new RiscApiRefusal(404, "Project has no RISC configuration.");
    return { clientId, stream };
  }

  return {
    "/v1beta/stream:update": serveJson("POST", async (request) => {
      const clientId = await accounts.authenticate(request);
      const config = checkConfig(await readJson(request));
      streams.set(clientId, { config, status: streams.get(clientId)?.status ?? "enabled" });
      return {};
    }),
    "/v1beta/stream": serveJson(
      "GET",
      async (request) => (await findStream(request)).stream.config,
    ),
    "/v1beta/stream/status": serveJson("GET", async (request) => ({
      status: (await findStream(request)).stream.status,
    })),
    "/v1beta/stream/status:update": serveJson("POST", async (request) => {
      const { stream } = await findStream(request);
      const { status } = await readJson(request);
      if (status !== "enabled" && status !== "disabled") {
        throw new RiscApiRefusal(403, "Unsupported status.");
      }
      stream.status = status;
      return {};
    }),
    "/v1beta/stream:verify": serveJson("POST", async (request) => {
      const { clientId, stream } = await findStream(request);
      const { state } = await readJson(request);
      const { delivery, events_requested: requested } = stream.config;
      const isRequested =
        requested.includes(EVENT_URIS.verification) && stream.status === "enabled";
      if (isRequested && isLoopbackUrl(delivery.url)) {
        const token = await issueSecurityEvent({
          kind: "verification",
          clientId,
          ...(typeof state === "string" ? { state } : {}),
        });
        // The answer does not depend on the delivery, because Google delivers later.
        await deliverSecurityEvent(token, delivery.url).catch(() => null);
      }
      return {};
    }),
  };
}

/** Refuses an invalid configuration with Google's message. Loopback URLs may use http. */
function checkConfig({ delivery, events_requested: requested }: Record<string, unknown>) {
  const { delivery_method: method, url } = (delivery ?? {}) as Record<string, unknown>;
  if (!delivery) throw missing("delivery");
  if (typeof url !== "string") throw missing("url");
  if (!Array.isArray(requested) || requested.length === 0) throw missing("events_requested");
  if (method !== PUSH) throw new RiscApiRefusal(400, "The delivery method is not supported.");
  if (URL.parse(url)?.protocol !== "https:" && !isLoopbackUrl(url)) {
    throw new RiscApiRefusal(403, "The delivery endpoint must be an HTTPS URL.");
  }
  const known: readonly unknown[] = Object.values(EVENT_URIS);
  if (!requested.every((uri) => known.includes(uri))) {
    throw new RiscApiRefusal(400, "An event type is not supported.");
  }
  return { delivery: { delivery_method: PUSH, url }, events_requested: requested as string[] };
}

function missing(field: string): RiscApiRefusal {
  return new RiscApiRefusal(400, `Stream configuration must contain ${field} field.`);
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const value: unknown = await request.json().catch(() => null);
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new RiscApiRefusal(400, "Invalid JSON payload received.");
}
