import type { AuditContext, AuditKind } from "../contract/audit.ts";
import type { ActOutcome, PeopleStore, PersonAct, PersonSummary } from "../contract/people.ts";
import type { Statements } from "../statements/all.ts";
import { recordEvent } from "./audit_log.ts";
import { exportPerson } from "./person_export.ts";

/** The acts on people, each to be run in a transaction of its own, with the event that tells of it. */
export function createPeopleActions(run: Statements) {
  return {
    endOwnSession(session: { userId: string; sessionId: string }, audit: AuditContext): boolean {
      // One that was ended for good is over already, and stays remembered.
      if (!run.deleteOwnSession.get(session)) return false;
      tell(session.userId, "session_ended", audit);
      return true;
    },

    endSessionsOf(
      { userId, exceptId }: { userId: string; exceptId: string | null },
      audit: AuditContext,
    ): number {
      const { length } = run.deleteSessionsOf.all({ userId, exceptId: exceptId ?? "" });
      if (length > 0) tell(userId, "sessions_ended", audit, { count: length });
      return length;
    },

    exportPerson: (userId: string, audit: AuditContext) => exportPerson(run, userId, audit),

    deletePerson(act: PersonAct, audit: AuditContext): ActOutcome {
      return change(act, { takesAdministrator: true }, (person) => {
        const isOwnAct = audit.actorId === person.id;
        run.deletePerson.run({ userId: person.id });
        run.eraseDetailsOf.run({ userId: person.id, email: person.email });
        run.deleteInvitation.get({ email: person.email });
        // Who is gone leaves nothing behind but that they are gone.
        const known = isOwnAct ? { ...audit, network: "", userAgent: "" } : audit;
        recordEvent(run, { kind: "deleted", subjectId: person.id }, known);
        return true;
      });
    },

    setDisabled(
      { isDisabled, ...act }: PersonAct & { isDisabled: boolean },
      audit: AuditContext,
    ): ActOutcome {
      return change(act, { takesAdministrator: isDisabled }, ({ id, disabledAt }) => {
        if ((disabledAt !== null) === isDisabled) return false;
        run.setDisabled.run({ userId: id, at: isDisabled ? audit.now : null });
        const { length } = isDisabled
          ? run.markSessionsEnded.all({ userId: id, now: audit.now })
          : [];
        tell(id, isDisabled ? "disabled" : "enabled", audit, length ? { count: length } : {});
        return true;
      });
    },

    setAdministrator(
      { isAdministrator, ...act }: PersonAct & { isAdministrator: boolean },
      audit: AuditContext,
    ): ActOutcome {
      // Whom the settings make an administrator stays one without the flag.
      const person = run.findPerson.get({ userId: act.userId });
      const staysOne = person !== undefined && act.policy.admit(person).isAdmin;
      const takesAdministrator = !isAdministrator && !staysOne;
      return change(act, { takesAdministrator }, ({ id, adminSince }) => {
        if ((adminSince !== null) === isAdministrator) return false;
        run.setAdminSince.run({ userId: id, at: isAdministrator ? audit.now : null });
        tell(id, isAdministrator ? "administrator_made" : "administrator_unmade", audit);
        return true;
      });
    },

    setInvited(
      { email, isInvited }: Parameters<PeopleStore["setInvited"]>[0],
      audit: AuditContext,
    ): boolean {
      const changed = isInvited
        ? run.saveInvitation.get({ email, now: audit.now })
        : run.deleteInvitation.get({ email });
      if (!changed) return false;
      const kind = isInvited ? "invited" : "invitation_withdrawn";
      recordEvent(run, { kind, subjectId: null, details: { email } }, audit);
      return true;
    },
  };

  /** Changes a person unless they are the last who can administer, and the change would take that. */
  function change(
    { userId, policy }: PersonAct,
    { takesAdministrator }: { takesAdministrator: boolean },
    act: (person: PersonSummary) => boolean,
  ): ActOutcome {
    const person = run.findPerson.get({ userId });
    if (!person) return "not_found";
    if (takesAdministrator && isLastAdministrator(person, policy)) return "last_administrator";
    return act(person) ? "done" : "unchanged";
  }

  function isLastAdministrator({ id }: PersonSummary, policy: PersonAct["policy"]): boolean {
    const emails = JSON.stringify([...policy.configuredAdmins]);
    const admins = run.listAdmins.all({ emails }).filter((one) => {
      const { mayEnter, isAdmin } = policy.admit(one);
      return mayEnter && (isAdmin || one.adminSince !== null);
    });
    return admins.length === 1 && admins[0]?.id === id;
  }

  function tell(
    userId: string,
    kind: AuditKind,
    audit: AuditContext,
    details: { count?: number } = {},
  ) {
    recordEvent(run, { kind, subjectId: userId, details }, audit);
  }
}
