import type { Approvals } from "./approvals.ts";
import type { Behaviour } from "./play.ts";
import type { TokenRequest } from "./tokens.ts";

/** What the stand-in's routes work with. */
export interface RouteContext {
  /** Signs an ID token that is valid from now. */
  issueToken(order: Pick<TokenRequest, "person" | "clientId" | "nonce">): Promise<string>;
  approvals: Approvals;
  behaviour: Behaviour;
}
