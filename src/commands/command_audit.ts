import type { AuditContext } from "../../db/contract/audit.ts";
import type { Machine } from "../machine.ts";

/** Who acts: the command line, for which the audit log has no person and no network. */
export function commandAudit({ now }: Pick<Machine, "now">): AuditContext {
  return { now: now(), actorId: null, network: "", userAgent: "" };
}
