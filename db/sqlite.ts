import type { Database } from "bun:sqlite";

import { dayOf, listEvents, pruneEvents, recordEvent, verifyEvents } from "./acts/audit_log.ts";
import { createPeopleActions } from "./acts/people.ts";
import { applySecurityEvent } from "./acts/security_event.ts";
import { createSignInActions } from "./acts/sign_in.ts";
import type { AuditContext } from "./contract/audit.ts";
import { DatabaseError, type Store } from "./contract/store.ts";
import { DatabaseFileError, openDatabaseFile } from "./file/database_file.ts";
import { prepareStatements, type Statements } from "./statements/all.ts";

/**
 * Opens the SQLite file at `path` (or `:memory:`), creating and migrating it.
 * Throws `DatabaseFileError` if that file cannot be used.
 */
export function openSqlite(path: string): Store {
  const database = openDatabaseFile(path);
  const run = prepareOrRefuse(database, path);
  const inTransaction = transactions(database);
  const act = inTransaction({
    ...createSignInActions(run),
    ...createPeopleActions(run),
    acceptToken: (token: Parameters<Store["acceptToken"]>[0]) => acceptToken(run, token),
    offerToken: (offer: Parameters<Store["offerToken"]>[0]) => offerToken(run, offer),
    addCustomers: (customers: Parameters<Store["addCustomers"]>[0]) =>
      customers.filter((customer) => run.addCustomer.get({ ...customer })).length,
    countRefusals({ counts, now }: Parameters<Store["countRefusals"]>[0]): void {
      for (const [code, count] of counts) run.count.run({ day: dayOf(now), code, count });
    },
    recordExport: (audit: AuditContext) =>
      recordEvent(run, { kind: "exported", subjectId: null }, audit),
    pruneAudit: (before: number) => pruneEvents(run, before),
    applySecurityEvent: (...event: Parameters<Store["applySecurityEvent"]>) =>
      applySecurityEvent(run, ...event),
  });

  return namingErrors({
    ...act,
    findSession: (hash) => run.findSession.get({ hash }) ?? null,
    findSessionById: (sessionId) => run.findSessionById.get({ sessionId }) ?? null,
    recordActivity: (activity) => void run.recordActivity.run(activity),
    listCustomers: (page) => ({
      customers: run.listCustomers.all(page),
      total: run.lastCustomer.get()?.number ?? 0,
    }),
    listSessions: (owner) => run.listSessions.all(owner),
    listPeople: (query) => run.selectPeople(query),
    findPerson: (userId) => run.findPerson.get({ userId }) ?? null,
    findPeopleByEmail: (email) => run.findPeopleByEmail.all({ email }),
    listInvitations: () => run.listInvitations.all(),
    readCounters: ({ now, sinceDay }) => ({
      people: run.countPeople.get()?.count ?? 0,
      sessions: run.countSessions.get({ now })?.count ?? 0,
      days: run.listCounts.all({ since: sinceDay }),
    }),
    listEvents: (filter) => listEvents(run, filter),
    // A snapshot is enough: whoever checks the record must not keep others from writing.
    verifyAudit: database.transaction(() => verifyEvents(run)).deferred,
    deleteExpired: (now) => {
      run.deleteEndedSessions.run({ now });
      run.deleteEndedNonces.run({ now });
      run.forgetRecordedOnce.run({ now });
    },
    ping: () => void run.ping.get(),
    close: () => database.close(),
  });
}

/** Prepares every statement, which shows whether the tables are those that the statements expect. */
function prepareOrRefuse(database: Database, path: string): Statements {
  try {
    return prepareStatements(database);
  } catch (error) {
    database.close();
    throw new DatabaseFileError(
      path,
      `its tables do not fit this Foyer: ${(error as Error).message}`,
    );
  }
}

/** Makes each of `actions` a transaction that begins with the right to write, as two processes may act at once. */
function transactions(database: Database) {
  return <Actions extends Record<string, (...args: never[]) => unknown>>(actions: Actions) =>
    Object.fromEntries(
      Object.entries(actions).map(([name, action]) => [
        name,
        database.transaction(action as () => unknown).immediate,
      ]),
    ) as unknown as Actions;
}

function acceptToken(run: Statements, token: Parameters<Store["acceptToken"]>[0]): void {
  if (run.acceptGeneration.get(token)) run.supersedeTokens.run(token);
}

function offerToken(run: Statements, offer: Parameters<Store["offerToken"]>[0]): boolean {
  if (!run.claimOffer.get(offer)) return false;
  run.saveToken.run({ ...offer, generation: offer.generation + 1 });
  return true;
}

/** A `Store` as SQLite has it: every answer is there at once. */
type SyncStore = {
  [Name in keyof Store]: (...args: Parameters<Store[Name]>) => Awaited<ReturnType<Store[Name]>>;
};

/** Passes every failure on as a `DatabaseError` that has no bound value in its message. */
function namingErrors(store: SyncStore): Store {
  const named = Object.entries(store).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      try {
        return (method as (...args: never[]) => unknown)(...args);
      } catch (error) {
        throw new DatabaseError(`${name} failed: ${sqliteCode(error)}`);
      }
    },
  ]);
  return { ...(Object.fromEntries(named) as Store), close: store.close };
}

function sqliteCode(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  return code ?? (cause ? sqliteCode(cause) : (name ?? "unknown"));
}
