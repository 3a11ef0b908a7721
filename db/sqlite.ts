import type { Database } from "bun:sqlite";

import { drizzle } from "drizzle-orm/bun-sqlite";

import type { Random } from "../src/machine.ts";
import type { ActOrQuery } from "./act.ts";
import { countRefusals, findLastSeq, listEvents, pruneEvents } from "./acts/audit_log.ts";
import { whileAllowed } from "./acts/authority.ts";
import { findLastBackup, finishRestore, recordBackup } from "./acts/backups.ts";
import { endAllSessions, endOwnSession, endSessionsOf } from "./acts/end_sessions.ts";
import { findSessionEnd } from "./acts/ended_tokens.ts";
import { deleteExpired } from "./acts/expired.ts";
import { readFigures } from "./acts/figures.ts";
import { createInvitationActs } from "./acts/invitations.ts";
import { createOtherProcesses } from "./acts/other_processes.ts";
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
import type { AppStore } from "./contract/app_store.ts";
import type { AuditContext } from "./contract/audit.ts";
import { openDatabaseFile } from "./file/database_file.ts";
import type { Migrated } from "./file/migrate.ts";
import { prepareOrThrow } from "./file/prepare_or_throw.ts";
import { createRunner } from "./file/runner.ts";
import { prepareStatements } from "./statements/all.ts";
import { preparePersonRows } from "./statements/person_rows.ts";
import { openTables, personColumnsOf } from "./table.ts";
import { TABLES } from "./tables.ts";

/** Where the store takes ids and salts from, and how it opens its file. */
export interface StoreOptions {
  random: Random;
  openFile?: (path: string) => Database;
  /** Is told when a file of an older version was migrated. */
  onMigrated?: (migrated: Migrated) => void;
  /** Is told how long each write took, in milliseconds. */
  onWrite?: ((ms: number) => void) | undefined;
}

/**
 * Opens the store in the SQLite file at `path`, or `:memory:`. Creates and migrates the file. Throws
 * `DatabaseFileError` if the file cannot be used.
 */
export function openSqlite(path: string, options: StoreOptions): AppStore {
  const { random, openFile, onMigrated, onWrite } = options;
  const database = openFile?.(path) ?? openDatabaseFile(path, onMigrated);
  const { read, readWhole, write, check } = createRunner(database, { path, onWrite });
  const { run, others, personRows, tables } = prepareOrThrow(path, database, () => {
    const db = drizzle({ client: database });
    const run = prepareStatements(db, random);
    return {
      run,
      others: createOtherProcesses(run),
      personRows: preparePersonRows(db, personColumnsOf(TABLES)),
      tables: openTables(TABLES, { db, read, write: writeOrChange }),
    };
  });
  const signIn = createSessionActs(run);
  const people = createPeopleActs(run, personRows);
  const invitations = createInvitationActs(run);

  /** Changes something, if the actor may still act in the same transaction. */
  async function change<T>(audit: AuditContext, act: ActOrQuery<T>): Promise<T> {
    const done = await write(whileAllowed(run, audit, act));
    if ("refusal" in done) throw done.refusal;
    return done.outcome;
  }

  function writeOrChange<T>(act: ActOrQuery<T>, audit?: AuditContext): Promise<T> {
    return audit ? change(audit, act) : write(act);
  }

  return {
    tables,

    signIn: (attempt, audit) => change(audit, signIn.signIn(attempt, audit)),
    signOut: (tokenHash, audit) => change(audit, signIn.signOut(tokenHash, audit)),
    endSession: (session, audit) => change(audit, signIn.endSession(session, audit)),
    acceptToken: (token) => write(signIn.acceptToken(token)),
    offerToken: (offer) => write(signIn.offerToken(offer)),
    recordRefusal: (refusal, audit) => change(audit, signIn.recordRefusal(refusal, audit)),
    recordSiteRefusal: (refusal, audit) => change(audit, signIn.recordSiteRefusal(refusal, audit)),
    recordActivity: (activity) => write(run.recordActivity.run(activity)),
    findSession: (hash) => read(run.findSession.get({ hash })),
    findSessionByAccess: (accessHash) => read(run.findSessionByAccess.get({ accessHash })),
    setAccess: (access) => write(run.setAccess.run(access)),
    findSessionById: (sessionId) => read(run.findSessionById.get({ sessionId })),

    findSessionEnd: (token) => read(findSessionEnd(run, token)),
    forgetSessionEnd: (tokenHash) => write(run.forgetEndedToken.run({ tokenHash })),

    listSessions: (owner) => read(run.listSessions.all(owner)),
    endOwnSession: (session, audit) => change(audit, endOwnSession(run, session, audit)),
    endSessionsOf: (owner, audit) => change(audit, endSessionsOf(run, owner, audit)),
    endAllSessions: (next, audit) => change(audit, endAllSessions(run, next, audit)),
    listOwnEvents: (query) => read(listOwnEvents(run, query)),
    exportPerson: (userId, audit) => change(audit, exportPerson(run, userId, audit)),
    listExportedEvents: (query) => read(listExportedEvents(run, query)),
    personTables: personRows.map(({ name }) => name),
    listPersonRows: (query) => read(listPersonRows(personRows, query)),
    deletePerson: (act, audit) => change(audit, people.deletePerson(act, audit)),
    disable: (act, audit) => change(audit, people.disable(act, audit)),
    enable: (act, audit) => change(audit, people.enable(act, audit)),
    addAdmin: (act, audit) => change(audit, people.addAdmin(act, audit)),
    removeAdmin: (act, audit) => change(audit, people.removeAdmin(act, audit)),
    invite: (email, audit) => change(audit, invitations.invite(email, audit)),
    revokeInvitation: (email, audit) => change(audit, invitations.revokeInvitation(email, audit)),
    listPeople: (query) => read(listPeople(run, query)),
    listPeopleAfter: (query) => read(run.listPeopleAfter.all({ ...query })),
    findPerson: (userId) => read(run.findPerson.get({ userId })),
    findPeopleByEmail: (email) => read(run.findPeopleByEmail.all({ email })),
    listInvitations: (now) => read(run.listInvitations.all({ now })),
    readCounters: (time) => read(readCounters(run, time)),

    applySecurityEvent: (event, audit) => change(audit, applySecurityEvent(run, event, audit)),
    listEvents: (filter) => read(listEvents(run, filter)),
    findLastSeq: () => read(findLastSeq(run)),
    // Verifying the whole log must not block writes.
    verifyAudit: (keptSince = null) => readWhole(verifyEvents(run, keptSince)),
    pruneAudit: (before) => write(pruneEvents(run, before)),
    recordExport: (audit) =>
      change(audit, recordExport(run, { what: "audit log", subjectId: null }, audit)),
    countRefusals: (refusals) => write(countRefusals(run, refusals)),

    readFigures: (now) => read(readFigures(run, now)),
    findLastBackup: () => read(findLastBackup(run)),
    recordBackup: (at, audit) => change(audit, recordBackup(run, at, audit)),
    finishRestore: (restore, audit) => change(audit, finishRestore(run, restore, audit)),
    wasChangedElsewhere: () => check(others.wasChangedElsewhere()),
    readForeignEvents: () => read(others.readForeignEvents()),

    findUnusedAccounts: (query) => read(findUnusedAccounts(run, query)),
    deleteUnusedAccounts: (query, audit) =>
      change(audit, deleteUnusedAccounts(run, { query, personRows }, audit)),
    deleteExpired: (now) => write(deleteExpired(run, now)),
    ping: async () => void (await check(run.ping.get())),
    close: () => database.close(true),
  };
}
