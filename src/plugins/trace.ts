import type { Trace } from "../../db/audit_store.ts";

/** What a trace is made from. */
export interface TraceDependencies {
  now: () => number;
  /** The network that a request comes from, roughly: `203.0.113.0/24`. */
  networkOf: (request: Request) => string;
}

/** What a browser calls itself is a stranger's text: so many characters of it are kept. */
const LONGEST_USER_AGENT = 300;

/** Who brings something about by `request`, when, and from where: for the record. */
export function traceOf(
  request: Request,
  { now, networkOf, actorId }: TraceDependencies & { actorId: string | null },
): Trace {
  const userAgent = (request.headers.get("user-agent") ?? "").slice(0, LONGEST_USER_AGENT);
  return { now: now(), actorId, network: networkOf(request), userAgent };
}
