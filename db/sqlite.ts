import type { Database } from "bun:sqlite";

import { drizzle } from "drizzle-orm/bun-sqlite";

import { type Act, type Askable, drive, Question } from "./act.ts";
import { dayOf, listEvents, pruneEvents, recordEvent, verifyEvents } from "./acts/audit_log.ts";
import { createPeopleActs } from "./acts/people.ts";
import { applySecurityEvent } from "./acts/security_event.ts";
import { createSessionActs } from "./acts/sessions.ts";
import type { AppStore } from "./contract/app_store.ts";
import { DatabaseError, type Store } from "./contract/store.ts";
import { DatabaseFileError, openDatabaseFile } from "./file/database_file.ts";
import { prepareStatements, type Statements } from "./statements/all.ts";
import { preparePersonRows } from "./statements/person_rows.ts";
import { type AppTable, type OpenTables, personColumnsOf, type TableContext } from "./table.ts";
import { TABLES } from "./tables.ts";

/**
 * Opens the SQLite file at `path` (or `:memory:`), creating and migrating it.
 * Throws `DatabaseFileError` if that file cannot be used.
 */
export function openSqlite(path: string): AppStore {
  const database = openDatabaseFile(path);
  const { read, readWhole, write } = createDriver(database);
  const { run, personRows, tables } = orRefuse(path, database, () => {
    const db = drizzle({ client: database });
    return {
      run: prepareStatements(db),
      personRows: preparePersonRows(db, personColumnsOf(TABLES)),
      tables: openTables({ db, read, write }),
    };
  });
  const signIn = createSessionActs(run);
  const people = createPeopleActs(run, personRows);

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

    listSessions: (owner) => read(run.listSessions.all(owner)),
    endOwnSession: (session, audit) => write(people.endOwnSession(session, audit)),
    endSessionsOf: (owner, audit) => write(people.endSessionsOf(owner, audit)),
    exportPerson: (userId, audit) => write(people.exportPerson(userId, audit)),
    deletePerson: (act, audit) => write(people.deletePerson(act, audit)),
    disable: (act, audit) => write(people.disable(act, audit)),
    enable: (act, audit) => write(people.enable(act, audit)),
    addAdmin: (act, audit) => write(people.addAdmin(act, audit)),
    removeAdmin: (act, audit) => write(people.removeAdmin(act, audit)),
    invite: (email, audit) => write(people.invite(email, audit)),
    revokeInvitation: (email, audit) => write(people.revokeInvitation(email, audit)),
    listPeople: (query) => read(run.selectPeople(query)),
    findPerson: (userId) => read(run.findPerson.get({ userId })),
    findPeopleByEmail: (email) => read(run.findPeopleByEmail.all({ email })),
    listInvitations: () => read(run.listInvitations.all()),
    readCounters: (time) => read(readCounters(run, time)),

    applySecurityEvent: (event, audit) => write(applySecurityEvent(run, event, audit)),
    listEvents: (filter) => read(listEvents(run, filter)),
    // A check of the whole log must not keep others from writing.
    verifyAudit: () => readWhole(verifyEvents(run)),
    pruneAudit: (before) => write(pruneEvents(run, before)),
    recordExport: (audit) => write(recordEvent(run, { kind: "exported", subjectId: null }, audit)),
    countRefusals: (refusals) => write(countRefusals(run, refusals)),

    deleteExpired: (now) => write(deleteExpired(run, now)),
    ping: async () => void (await read(run.ping.get())),
    close: () => database.close(),
  };
}

/** Preparing every statement shows whether the tables are those that the statements expect. */
function orRefuse<T>(path: string, database: Database, prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    database.close();
    const reason = `its tables do not fit this Foyer: ${(error as Error).message}`;
    throw new DatabaseFileError(path, reason);
  }
}

function openTables(context: TableContext): OpenTables<typeof TABLES> {
  const list: Record<string, AppTable<unknown>> = TABLES;
  const open = Object.entries(list).map(([name, table]) => [name, table.open(context)]);
  return Object.fromEntries(open) as OpenTables<typeof TABLES>;
}

/** Drives acts on one connection. Every failure becomes a `DatabaseError` that holds no bound value. */
function createDriver(database: Database) {
  const transaction = database.transaction((act: Askable<unknown>) => drive(act));

  async function attempt<T>(ask: () => unknown): Promise<T> {
    try {
      return ask() as T;
    } catch (error) {
      throw new DatabaseError(`SQLite failed: ${sqliteCode(error)}`);
    }
  }

  return {
    read: <T>(act: Askable<T>) => attempt<T>(() => drive(act)),
    /** Reads many rows as they were at one moment. */
    readWhole: <T>(act: Askable<T>) => attempt<T>(() => transaction.deferred(act)),
    /**
     * Begins with the right to write, as another process may act at the same time. A single statement is a
     * transaction by itself.
     */
    write: <T>(act: Askable<T>) =>
      attempt<T>(() => (act instanceof Question ? drive(act) : transaction.immediate(act))),
  };
}

function sqliteCode(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  return code ?? (cause ? sqliteCode(cause) : (name ?? "unknown"));
}

function* readCounters(run: Statements, { now, sinceDay }: { now: number; sinceDay: string }) {
  return {
    people: (yield* run.countPeople.get())?.count ?? 0,
    sessions: (yield* run.countSessions.get({ now }))?.count ?? 0,
    days: yield* run.listCounts.all({ since: sinceDay }),
  };
}

function* countRefusals(
  run: Statements,
  { counts, now }: Parameters<Store["countRefusals"]>[0],
): Act<void> {
  for (const [code, count] of counts) yield* run.count.run({ day: dayOf(now), code, count });
}

function* deleteExpired(run: Statements, now: number): Act<void> {
  yield* run.deleteEndedSessions.run({ now });
  yield* run.deleteEndedNonces.run({ now });
  yield* run.forgetRecordedOnce.run({ now });
}
