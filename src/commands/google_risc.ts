import { EVENT_KINDS } from "../auth/account_event.ts";
import { GoogleRiscError, type GoogleRiscKey, signBearer } from "./google_risc_key.ts";

/** The URL of Google's RISC API. */
export const GOOGLE_RISC_URL = "https://risc.googleapis.com/v1beta";

/** Where and how Google delivers security events. */
export interface EventStream {
  url: string;
  /** The URIs of the requested event types. */
  events: string[];
  /** Google's status: `enabled` or `disabled`. */
  status: string;
}

/** Google's RISC API for one service account; every method throws {@linkcode GoogleRiscError}. */
export interface GoogleRisc {
  /** Tells Google to deliver every event to `url`. */
  register(url: string): Promise<void>;
  readStream(): Promise<EventStream>;
  /** Asks Google for a verification event with this `state`. */
  verify(state: string): Promise<void>;
}

/** The options of the API client; `url` defaults to Google's. */
export interface GoogleRiscOptions {
  key: GoogleRiscKey;
  url?: string;
  now?: () => number;
}

const PUSH = "https://schemas.openid.net/secevent/risc/delivery-method/push";
const TIMEOUT_MS = 10_000;
const MAX_MESSAGE_LENGTH = 300;

/**
 * Creates a client of the RISC API.
 *
 * @see https://developers.google.com/identity/protocols/risc#register_receiver
 */
export function createGoogleRisc({
  key,
  url: base = GOOGLE_RISC_URL,
  now = Date.now,
}: GoogleRiscOptions): GoogleRisc {
  async function call(name: string, body?: object): Promise<Record<string, unknown>> {
    const request = {
      method: body ? "POST" : "GET",
      headers: {
        Authorization: `Bearer ${await signBearer(key, now())}`,
        Accept: "application/json",
        "Content-Type": "application/json",
      },
      // A redirect would forward the bearer token.
      redirect: "error",
      // NODE_TLS_REJECT_UNAUTHORIZED=0 would let anyone pass for Google.
      tls: { rejectUnauthorized: true },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    } as const;
    const response = await fetch(`${base}/${name}`, request).catch((error: Error) => {
      throw new GoogleRiscError(`Google's RISC API is unreachable (${reasonOf(error)})`);
    });
    const answer = await readObject(response);
    if (response.ok && answer) return answer;
    const detail = response.ok ? ", but not with JSON" : messageIn(answer);
    throw new GoogleRiscError(
      `Google's RISC API answered ${name} with ${response.status}${detail}`,
    );
  }

  return {
    async register(url) {
      await call("stream:update", {
        delivery: { delivery_method: PUSH, url },
        events_requested: [...EVENT_KINDS.keys()],
      });
    },
    async readStream() {
      const { delivery, events_requested: events } = await call("stream");
      const { status } = await call("stream/status");
      const { url } = (delivery ?? {}) as { url?: unknown };
      return {
        url: String(url),
        events: Array.isArray(events) ? events.map(String) : [],
        status: String(status),
      };
    },
    async verify(state) {
      await call("stream:verify", { state });
    },
  };
}

async function readObject(response: Response): Promise<Record<string, unknown> | null> {
  const value: unknown = await response.json().catch(() => null);
  return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
}

/** Google's error message on one line, without tokens that it may quote. */
function messageIn(answer: Record<string, unknown> | null): string {
  const { message } = (answer?.error ?? {}) as { message?: unknown };
  if (typeof message !== "string") return "";
  const line = message.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").replace(/eyJ[\w.-]+/g, "…");
  return `: ${line.slice(0, MAX_MESSAGE_LENGTH)}`;
}

function reasonOf({ name, ...error }: Error & { code?: string }): string {
  return error.code ?? name;
}
