import { Elysia } from "elysia";

import type { GoogleKeys } from "../auth/google_keys.ts";
import { type SecurityEvent, verifySecurityEvent } from "../auth/security_event.ts";
import type { Config } from "../config.ts";
import { SecurityEventError } from "../errors.ts";
import type { Log } from "../log.ts";
import { PATHS } from "../paths.ts";
import { NO_STORE } from "../plugins/headers.ts";
import { mediaTypeOf, readBody } from "../plugins/request_body.ts";

/** What the receiving of security events needs from outside. */
export interface RiscDependencies {
  config: Pick<Config, "googleClientId">;
  googleKeys: GoogleKeys;
  now: () => number;
  log: Log;
  /** Writes an event down and acts on it; what throws here makes Google deliver the event again. */
  record: (event: SecurityEvent, request: Request) => Promise<void>;
}

const TOKEN_TYPE = "application/secevent+jwt";

/**
 * Cross-Account Protection: what Google tells about the accounts of our people. An event is acknowledged
 * only when it has been recorded.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8935#section-2
 */
export function riscRoutes({ config, googleKeys, now, log, record }: RiscDependencies) {
  const verification = { keys: googleKeys, clientId: config.googleClientId, now };

  return new Elysia().post(
    PATHS.risc,
    async ({ request }) => {
      const event = await verifySecurityEvent(await readToken(request), verification);
      await record(event, request);
      const requestId = crypto.randomUUID();
      const kinds = event.events.map(({ kind }) => kind).join(" ");
      log("info", "security_event", { request: requestId, kinds });
      const headers = { ...NO_STORE, "X-Request-Id": requestId };
      return new Response(null, { status: 202, headers });
    },
    { parse: "none" },
  );
}

/** @see https://www.rfc-editor.org/rfc/rfc8935#section-2.1 */
async function readToken(request: Request): Promise<string> {
  if (mediaTypeOf(request) !== TOKEN_TYPE) {
    throw new SecurityEventError("invalid_request", `The Content-Type must be ${TOKEN_TYPE}`);
  }
  return new TextDecoder().decode(await readBody(request));
}
