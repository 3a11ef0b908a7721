import type { Approvals } from "./approvals.ts";
import type { Behaviour } from "./play.ts";
import type { Registration } from "./registration.ts";
import type { TokenRequest } from "./tokens.ts";

/** The dependencies of the stand-in's routes. */
export interface RouteContext {
  /** Signs a valid ID token. */
  issueToken(
    order: Pick<TokenRequest, "person" | "clientId" | "nonce" | "claims">,
  ): Promise<string>;
  approvals: Approvals;
  behaviour: Behaviour;
  registration: Registration;
  /** The time in milliseconds since 1970. */
  now(): number;
}
