import type { Work } from "./act.ts";
import type { ActiveSessions } from "./active_sessions.ts";
import { countRefusals, findLastSeq, listEvents } from "./acts/audit_log.ts";
import { findLastBackup, finishRestore, recordBackup } from "./acts/backups.ts";
import { bindSession, recordBindingFault, renewBinding } from "./acts/bindings.ts";
import { endAllSessions, endOwnSession, endSessionsOf } from "./acts/end_sessions.ts";
import { findSessionEnd } from "./acts/ended_tokens.ts";
import { readFigures } from "./acts/figures.ts";
import { createInvitationActs } from "./acts/invitations.ts";
import type { createOtherProcesses } from "./acts/other_processes.ts";
import { createPeopleActs } from "./acts/people.ts";
import { listPeople, readCounters } from "./acts/people_list.ts";
import {
  exportPerson,
  listExportedEvents,
  listOwnEvents,
  listPersonRows,
  recordExport,
} from "./acts/person_export.ts";
import { applySecurityEvent } from "./acts/security_event.ts";
import { createSessionActs } from "./acts/sessions.ts";
import { deleteUnusedAccounts, findUnusedAccounts } from "./acts/unused_accounts.ts";
import { verifyEvents } from "./acts/verify_audit.ts";
import type { AuditContext } from "./contract/audit.ts";
import type { Store } from "./contract/store.ts";
import { createLongWork, type LongWorkParts } from "./long_work.ts";
import type { Runner } from "./runner.ts";
import type { preparePersonRows } from "./statements/person_rows.ts";

/** What the store's methods run, and how. */
export interface StoreParts extends Pick<Runner, "read" | "write" | "check">, LongWorkParts {
  /** Reads the audit log as it is now: all that was appended is in its chain. */
  readLog: Runner["read"];
  /** The same in one transaction, however long it takes. */
  readWholeLog: Runner["readWhole"];
  readForeignEvents: ReturnType<typeof createOtherProcesses>;
  personRows: ReturnType<typeof preparePersonRows>;
  /** Changes something, if the actor may still act in the same transaction. */
  change<T>(audit: AuditContext, work: Work<T>, options?: { holdsLog: boolean }): Promise<T>;
}

/** Of what erases in the log: who chains meanwhile would be in its way again and again. */
const ALONE = { holdsLog: true };

/** Every method of the store, with the act or statement that it runs. */
export function createStore({
  run,
  readForeignEvents,
  personRows,
  batchMs,
  writeActivity,
  read,
  readLog,
  readWholeLog,
  write,
  check,
  change,
}: StoreParts): Omit<Store, "close" | keyof ActiveSessions> {
  const signIn = createSessionActs(run);
  const people = createPeopleActs(run, personRows);
  const invitations = createInvitationActs(run);

  return {
    signIn: (attempt, audit) => change(audit, () => signIn.signIn(attempt, audit)),
    signOut: (tokenHash, audit) => change(audit, () => signIn.signOut(tokenHash, audit)),
    endSession: (session, audit) => change(audit, () => signIn.endSession(session, audit)),
    acceptToken: (token) => write(() => signIn.acceptToken(token)),
    offerToken: (offer) => write(() => signIn.offerToken(offer)),
    recordRefusal: (refusal, audit) => change(audit, () => signIn.recordRefusal(refusal, audit)),
    recordSiteRefusal: (refusal, audit) =>
      change(audit, () => signIn.recordSiteRefusal(refusal, audit)),
    setAccess: (access) => write(run.setAccess.run(access)),

    findBinding: (sessionId) => read(run.findBinding.get({ sessionId })),
    bindSession: (binding, audit) => change(audit, () => bindSession(run, binding, audit)),
    renewBinding: (renewal) => write(() => renewBinding(run, renewal)),
    recordBindingFault: (fault, audit) =>
      change(audit, () => recordBindingFault(run, fault, audit)),

    findSessionEnd: (token) => read(() => findSessionEnd(run, token)),
    forgetSessionEnd: (tokenHash) => write(run.forgetEndedToken.run({ tokenHash })),

    endOwnSession: (session, audit) => change(audit, () => endOwnSession(run, session, audit)),
    endSessionsOf: (owner, audit) => change(audit, () => endSessionsOf(run, owner, audit)),
    endAllSessions: (next, audit) => change(audit, () => endAllSessions(run, next, audit)),
    listOwnEvents: (query) => readLog(() => listOwnEvents(run, query)),
    exportPerson: (userId, audit) => change(audit, () => exportPerson(run, userId, audit)),
    listExportedEvents: (query) => readLog(() => listExportedEvents(run, query)),
    personTables: personRows.map(({ name }) => name),
    listPersonRows: (query) => read(() => listPersonRows(personRows, query)),
    deletePerson: (act, audit) => change(audit, () => people.deletePerson(act, audit), ALONE),
    async disable(act, audit) {
      // Their sessions stay as they are now. Without the last use, they are forgotten a little early.
      await writeActivity().catch(() => {});
      return change(audit, () => people.disable(act, audit));
    },
    enable: (act, audit) => change(audit, () => people.enable(act, audit)),
    addAdmin: (act, audit) => change(audit, () => people.addAdmin(act, audit)),
    removeAdmin: (act, audit) => change(audit, () => people.removeAdmin(act, audit)),
    invite: (email, audit) => change(audit, () => invitations.invite(email, audit)),
    revokeInvitation: (email, audit) =>
      change(audit, () => invitations.revokeInvitation(email, audit)),
    listPeople: (query) => read(() => listPeople(run, query)),
    listPeopleAfter: (query) => read(run.listPeopleAfter.all({ ...query })),
    findPerson: (userId) => read(run.findPerson.get({ userId })),
    findPeopleByEmail: (email) => read(run.findPeopleByEmail.all({ email })),
    listInvitations: (now) => read(run.listInvitations.all({ now })),
    readCounters: (time) => read(() => readCounters(run, time)),

    applySecurityEvent: (event, audit) =>
      change(audit, () => applySecurityEvent(run, event, audit)),
    listEvents: (filter) => readLog(() => listEvents(run, filter)),
    findLastSeq: () => readLog(() => findLastSeq(run)),
    // Verifying the whole log must not block writes.
    verifyAudit: (keptSince = null) => readWholeLog(() => verifyEvents(run, keptSince)),
    recordExport: (audit) =>
      change(audit, () => recordExport(run, { what: "audit log", subjectId: null }, audit)),
    countRefusals: (refusals) => write(() => countRefusals(run, refusals)),

    readFigures: (now) => read(() => readFigures(run, now)),
    findLastBackup: () => read(() => findLastBackup(run)),
    recordBackup: (at, audit) => change(audit, () => recordBackup(run, at, audit)),
    finishRestore: (restore, audit) => change(audit, () => finishRestore(run, restore, audit)),
    readForeignEvents: () => readForeignEvents(readLog),

    findUnusedAccounts: (query) => read(() => findUnusedAccounts(run, query)),
    deleteUnusedAccounts: (query, audit) =>
      change(audit, () => deleteUnusedAccounts(run, { query, personRows }, audit), ALONE),
    ...createLongWork({ run, write, writeActivity, batchMs }),
    ping: async () => void (await check(run.ping.get())),
  };
}
