import type { Approvals } from "./approvals.ts";
import type { Stage } from "./play.ts";
import type { TokenOrder } from "./server.ts";

/** What the stand-in's routes work with. */
export interface RouteContext {
  /** Makes a token. */
  issueToken(order: TokenOrder): Promise<string>;
  approvals: Approvals;
  stage: Stage;
}
