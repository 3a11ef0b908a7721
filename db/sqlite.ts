import type { Database } from "bun:sqlite";

import { drizzle } from "drizzle-orm/bun-sqlite";

import type { Random } from "../src/machine.ts";
import { type ActOrQuery, Query, runAct } from "./act.ts";
import {
  countRefusals,
  listEvents,
  pruneEvents,
  recordEvent,
  verifyEvents,
} from "./acts/audit_log.ts";
import { endOwnSession, endSessionsOf } from "./acts/end_sessions.ts";
import { findSessionEnd } from "./acts/ended_tokens.ts";
import { deleteExpired } from "./acts/expired.ts";
import { createInvitationActs } from "./acts/invitations.ts";
import { createPeopleActs } from "./acts/people.ts";
import { listPeople, readCounters } from "./acts/people_list.ts";
import { listOwnEvents } from "./acts/person_export.ts";
import { applySecurityEvent } from "./acts/security_event.ts";
import { createSessionActs } from "./acts/sessions.ts";
import type { AppStore } from "./contract/app_store.ts";
import { DatabaseError } from "./contract/store.ts";
import { DatabaseFileError, openDatabaseFile } from "./file/database_file.ts";
import { prepareStatements } from "./statements/all.ts";
import { preparePersonRows } from "./statements/person_rows.ts";
import { type AppTable, type OpenTables, personColumnsOf, type TableContext } from "./table.ts";
import { TABLES } from "./tables.ts";

/** Where the store takes ids and salts from, and how it opens its file. */
export interface StoreOptions {
  random: Random;
  openFile?: (path: string) => Database;
}

/**
 * Opens the store in the SQLite file at `path`, or `:memory:`. Creates and migrates the file. Throws
 * `DatabaseFileError` if the file cannot be used.
 */
export function openSqlite(path: string, { random, openFile }: StoreOptions): AppStore {
  const database = (openFile ?? openDatabaseFile)(path);
  const { read, readWhole, write } = createRunner(database);
  const { run, personRows, tables } = prepareOrThrow(path, database, () => {
    const db = drizzle({ client: database });
    return {
      run: prepareStatements(db, random),
      personRows: preparePersonRows(db, personColumnsOf(TABLES)),
      tables: openTables({ db, read, write }),
    };
  });
  const signIn = createSessionActs(run);
  const people = createPeopleActs(run, personRows);
  const invitations = createInvitationActs(run);

  return {
    tables,

    signIn: (attempt, audit) => write(signIn.signIn(attempt, audit)),
    signOut: (tokenHash, audit) => write(signIn.signOut(tokenHash, audit)),
    endSession: (session, audit) => write(signIn.endSession(session, audit)),
    acceptToken: (token) => write(signIn.acceptToken(token)),
    offerToken: (offer) => write(signIn.offerToken(offer)),
    recordRefusal: (refusal, audit) => write(signIn.recordRefusal(refusal, audit)),
    recordActivity: (activity) => write(run.recordActivity.run(activity)),
    findSession: (hash) => read(run.findSession.get({ hash })),
    findSessionById: (sessionId) => read(run.findSessionById.get({ sessionId })),

    findSessionEnd: (token) => read(findSessionEnd(run, token)),
    forgetSessionEnd: (tokenHash) => write(run.forgetEndedToken.run({ tokenHash })),

    listSessions: (owner) => read(run.listSessions.all(owner)),
    endOwnSession: (session, audit) => write(endOwnSession(run, session, audit)),
    endSessionsOf: (owner, audit) => write(endSessionsOf(run, owner, audit)),
    listOwnEvents: (query) => read(listOwnEvents(run, query)),
    exportPerson: (userId, audit) => write(people.exportPerson(userId, audit)),
    deletePerson: (act, audit) => write(people.deletePerson(act, audit)),
    disable: (act, audit) => write(people.disable(act, audit)),
    enable: (act, audit) => write(people.enable(act, audit)),
    addAdmin: (act, audit) => write(people.addAdmin(act, audit)),
    removeAdmin: (act, audit) => write(people.removeAdmin(act, audit)),
    invite: (email, audit) => write(invitations.invite(email, audit)),
    revokeInvitation: (email, audit) => write(invitations.revokeInvitation(email, audit)),
    listPeople: (query) => read(listPeople(run, query)),
    findPerson: (userId) => read(run.findPerson.get({ userId })),
    findPeopleByEmail: (email) => read(run.findPeopleByEmail.all({ email })),
    listInvitations: (now) => read(run.listInvitations.all({ now })),
    readCounters: (time) => read(readCounters(run, time)),

    applySecurityEvent: (event, audit) => write(applySecurityEvent(run, event, audit)),
    listEvents: (filter) => read(listEvents(run, filter)),
    // Verifying the whole log must not block writes.
    verifyAudit: () => readWhole(verifyEvents(run)),
    pruneAudit: (before) => write(pruneEvents(run, before)),
    recordExport: (audit) => write(recordEvent(run, { kind: "exported", subjectId: null }, audit)),
    countRefusals: (refusals) => write(countRefusals(run, refusals)),

    deleteExpired: (now) => write(deleteExpired(run, now)),
    ping: async () => void (await read(run.ping.get())),
    close: () => database.close(true),
  };
}

/** Preparing every statement checks that the tables match the schema. */
function prepareOrThrow<T>(path: string, database: Database, prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    database.close(true);
    const reason = `its tables do not match this version of Foyer: ${(error as Error).message}`;
    throw new DatabaseFileError(path, reason);
  }
}

function openTables(context: TableContext): OpenTables<typeof TABLES> {
  const list: Record<string, AppTable<unknown>> = TABLES;
  const open = Object.entries(list).map(([name, table]) => [name, table.open(context)]);
  return Object.fromEntries(open) as OpenTables<typeof TABLES>;
}

/** Runs acts on one connection. Every failure becomes a `DatabaseError` without bound values. */
function createRunner(database: Database) {
  const transaction = database.transaction((act: ActOrQuery<unknown>) => runAct(act));

  async function attempt<T>(run: () => unknown): Promise<T> {
    try {
      return run() as T;
    } catch (error) {
      throw new DatabaseError(`SQLite failed: ${sqliteCode(error)}`);
    }
  }

  return {
    read: <T>(act: ActOrQuery<T>) => attempt<T>(() => runAct(act)),
    /** Reads in one transaction, so that all rows are from the same moment. */
    readWhole: <T>(act: ActOrQuery<T>) => attempt<T>(() => transaction.deferred(act)),
    /**
     * Takes the write lock at the start, because another process may write at the same time. A single query is
     * already a transaction.
     */
    write: <T>(act: ActOrQuery<T>) =>
      attempt<T>(() => (act instanceof Query ? runAct(act) : transaction.immediate(act))),
  };
}

function sqliteCode(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  return code ?? (cause ? sqliteCode(cause) : (name ?? "unknown"));
}
