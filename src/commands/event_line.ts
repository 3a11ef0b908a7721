import type { AuditEvent } from "../../db/contract/audit.ts";

/** An event of the audit log as one line of text. */
export function eventLine({ seq, at, kind, actorId, subjectId, details }: AuditEvent): string {
  const { name, email, method, network, userAgent, count } = details ?? {};
  const known = name !== undefined && email !== undefined ? `${name} <${email}>` : (name ?? email);
  return [
    new Date(at).toISOString(),
    seq,
    kind,
    known,
    subjectId && `id ${subjectId}`,
    actorId && actorId !== subjectId && `by ${actorId}`,
    method,
    count && `sessions ${count}`,
    network,
    userAgent,
  ]
    .filter(Boolean)
    .join("  ");
}
