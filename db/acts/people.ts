import type { Act } from "../act.ts";
import type { AuditContext, AuditKind } from "../contract/audit.ts";
import type { ActOutcome, PeoplePolicy, PersonAct } from "../contract/people.ts";
import type { PersonSummary } from "../contract/people_list.ts";
import type { Statements } from "../statements/all.ts";
import type { PersonRows } from "../statements/person_rows.ts";
import { recordEvent } from "./audit_log.ts";
import { countActive } from "./end_sessions.ts";
import { keepTokensOfUser } from "./ended_tokens.ts";
import { keepGoogleStatus } from "./google_account.ts";

/** Deletes an account with everything that is about it. */
export function* removePerson(
  run: Statements,
  personRows: PersonRows,
  { id, email }: Pick<PersonSummary, "id" | "email">,
): Act<void> {
  yield* keepGoogleStatus(run, id);
  for (const { remove } of personRows) yield* remove.run({ userId: id });
  yield* run.deletePerson.run({ userId: id });
  yield* run.seal();
  yield* run.eraseDetailsOf.run({ userId: id });
  yield* run.eraseDetailsOfAddress.run({ email });
  yield* run.deleteInvitation.get({ email });
}

/** Acts on people. Each one records its event in the audit log. */
export function createPeopleActs(run: Statements, personRows: PersonRows) {
  return {
    deletePerson(act: PersonAct, audit: AuditContext): Act<ActOutcome> {
      return change(act, { removesAdmin: true }, function* (person) {
        const { id } = person;
        yield* removePerson(run, personRows, person);
        // After deleting your own account, only the fact of the deletion is kept.
        const known = audit.actorId === id ? { ...audit, network: "", userAgent: "" } : audit;
        yield* recordEvent(run, { kind: "deleted", subjectId: id }, known);
        return true;
      });
    },

    disable(act: PersonAct, audit: AuditContext): Act<ActOutcome> {
      return change(act, { removesAdmin: true }, function* ({ id, disabledAt }) {
        if (disabledAt !== null) return false;
        yield* run.setDisabled.run({ userId: id, at: audit.now });
        yield* keepTokensOfUser(run, { userId: id, exceptId: null, why: "admin" }, audit);
        const look = run.activity.look();
        const ended = yield* run.markSessionsEnded.all({ userId: id, now: audit.now });
        const count = countActive(ended.map(look), audit);
        yield* record(id, "disabled", audit, count > 0 ? { count } : {});
        return true;
      });
    },

    enable(act: PersonAct, audit: AuditContext): Act<ActOutcome> {
      return change(act, { removesAdmin: false }, function* ({ id, disabledAt }) {
        if (disabledAt === null) return false;
        yield* run.setDisabled.run({ userId: id, at: null });
        yield* record(id, "enabled", audit);
        return true;
      });
    },

    addAdmin(act: PersonAct, audit: AuditContext): Act<ActOutcome> {
      return change(act, { removesAdmin: false }, function* ({ id, adminSince }) {
        if (adminSince !== null) return false;
        yield* run.setAdminSince.run({ userId: id, at: audit.now });
        yield* record(id, "administrator_made", audit);
        return true;
      });
    },

    *removeAdmin(act: PersonAct, audit: AuditContext): Act<ActOutcome> {
      // An administrator by configuration stays one without the flag.
      const person = yield* run.findPerson.get({ userId: act.userId });
      const staysAdmin = person !== null && act.policy.admit(person).isAdmin;
      return yield* change(act, { removesAdmin: !staysAdmin }, function* ({ id, adminSince }) {
        if (adminSince === null) return false;
        yield* run.setAdminSince.run({ userId: id, at: null });
        yield* record(id, "administrator_unmade", audit);
        return true;
      });
    },
  };

  /** Changes a person, unless that would remove the last administrator. */
  function* change(
    { userId, policy }: PersonAct,
    { removesAdmin }: { removesAdmin: boolean },
    act: (person: PersonSummary) => Act<boolean>,
  ): Act<ActOutcome> {
    const person = yield* run.findPerson.get({ userId });
    if (!person) return "not_found";
    if (removesAdmin && (yield* isLastAdmin(person, policy))) return "last_administrator";
    return (yield* act(person)) ? "done" : "unchanged";
  }

  function* isLastAdmin({ id }: PersonSummary, policy: PeoplePolicy): Act<boolean> {
    const emails = JSON.stringify([...policy.configuredAdmins]);
    const admins = (yield* run.listAdmins.all({ emails })).filter((one) => {
      const { mayEnter, isAdmin } = policy.admit(one);
      return mayEnter && (isAdmin || one.adminSince !== null);
    });
    return admins.length === 1 && admins[0]?.id === id;
  }

  function* record(
    userId: string,
    kind: AuditKind,
    audit: AuditContext,
    details: { count?: number } = {},
  ): Act<void> {
    yield* recordEvent(run, { kind, subjectId: userId, details }, audit);
  }
}
