import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import { INVITATION_DAYS } from "../contract/people.ts";
import type { Statements } from "../statements/all.ts";
import { recordEvent } from "./audit_log.ts";

const DAY_MS = 86_400_000;

/** Acts on invitations. Each one records its event in the audit log. */
export function createInvitationActs(run: Statements) {
  return {
    *invite(email: string, audit: AuditContext): Act<boolean> {
      const { now } = audit;
      const expiresAt = now + INVITATION_DAYS * DAY_MS;
      if (!(yield* run.saveInvitation.get({ email, expiresAt, now }))) return false;
      yield* recordEvent(run, { kind: "invited", subjectId: null, details: { email } }, audit);
      return true;
    },

    *revokeInvitation(email: string, audit: AuditContext): Act<boolean> {
      const isOpen = (yield* run.findInvitation.get({ email, now: audit.now })) !== null;
      yield* run.deleteInvitation.run({ email });
      if (!isOpen) return false;
      const event = { kind: "invitation_withdrawn", subjectId: null, details: { email } } as const;
      yield* recordEvent(run, event, audit);
      return true;
    },
  };
}
