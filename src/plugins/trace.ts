import type { Trace } from "../../db/audit_store.ts";

/** What a trace is made from. */
export interface TraceDependencies {
  now: () => number;
  /** The network that a request comes from, roughly: `203.0.113.0/24`. */
  networkOf: (request: Request) => string;
}

/** Who brings something about by `request`, when, and from where: for the record. */
export function traceOf(
  request: Request,
  { now, networkOf, actorId }: TraceDependencies & { actorId: string | null },
): Trace {
  const userAgent = request.headers.get("user-agent") ?? "";
  return { now: now(), actorId, network: networkOf(request), userAgent };
}
