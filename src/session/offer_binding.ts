import { createChallenge } from "../auth/binding_challenge.ts";
import { PROOF_ALGORITHMS } from "../auth/device_key.ts";
import type { HeaderSet } from "../http/headers.ts";
import { PATHS } from "../paths.ts";

/**
 * Offers the browser to bind the session that this answer begins, with `secret` of the session at the time `now`.
 *
 * @see https://w3c.github.io/webappsec-dbsc/#header-registration
 */
export function offerBinding(
  set: HeaderSet,
  { secret, now }: { secret: string; now: number },
): void {
  const challenge = createChallenge(now, { secret, purpose: "register" });
  set.headers["secure-session-registration"] =
    `(${PROOF_ALGORITHMS.join(" ")});path="${PATHS.binding}";challenge="${challenge}"`;
}
