import type { AppStore } from "../../db/contract/app_store.ts";
import type { Assets } from "../assets.ts";
import type { GoogleKeys } from "../auth/google_keys.ts";
import type { SignatureCheck } from "../auth/signed_token.ts";
import type { Config } from "../config.ts";
import type { Client, Connection } from "../http/client_address.ts";
import type { Counts } from "../http/counts.ts";
import type { Limits } from "../http/limits.ts";
import type { RequestId } from "../http/request_id.ts";
import type { Log } from "../log.ts";
import type { Machine } from "../machine.ts";
import type { LoginEvents } from "./login_events.ts";
import type { RefusalCounts } from "./refusal_counts.ts";

/** Everything that the application gets from outside. */
export interface AppContext extends Machine {
  config: Config;
  store: AppStore;
  googleKeys: GoogleKeys;
  signatures: SignatureCheck;
  assets: Assets;
  loginEvents: LoginEvents;
  refusals: RefusalCounts;
  /** The log of what no request does; `logOf` writes lines about a request, with its id and its client's address. */
  log: Log;
  logOf: (request: Request) => Log;
  requestId: RequestId;
  /** Where a request comes from. */
  clientOf: (request: Request) => Client;
  /** What a request says about that. */
  connectionOf: (request: Request) => Connection;
  /** Leaves the connection of a request open for longer when nothing is sent: Bun would close it after ten seconds. */
  keepOpen: (request: Request) => void;
  /** Whether the process shuts down: it still answers, and a proxy must send no more. */
  isStopping: () => boolean;
  limits: Limits;
  counts: Counts;
  /** How long a bound token lasts, in milliseconds; ten minutes, unless a test cannot wait. */
  boundAgeMs?: number;
  /** The requests of bound sessions whose device is not proved. */
  unproved: WeakSet<Request>;
}
