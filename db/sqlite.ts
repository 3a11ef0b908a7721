import { openDatabaseFile } from "./database_file.ts";
import { prepareStatements, type Statements } from "./statements.ts";
import { DatabaseError, type SignIn, type SignInOutcome, type Store } from "./store.ts";

/**
 * Opens the SQLite file at `path` (or `:memory:`), creating and migrating it.
 * Throws `DatabaseFileError` if that file cannot be used.
 */
export function openSqlite(path: string): Store {
  const database = openDatabaseFile(path);
  const run = prepareStatements(database);
  const signInAtOnce = database.transaction((signIn: SignIn) => signInOnce(run, signIn));

  return namingErrors({
    signIn: signInAtOnce.immediate,
    findSession: (hash) => run.findSession.get({ hash }) ?? null,
    acceptToken: (token) => database.transaction(() => acceptToken(run, token)).immediate(),
    offerToken: (offer) => database.transaction(() => offerToken(run, offer)).immediate(),
    recordActivity: (activity) => void run.recordActivity.run(activity),
    endSession: (sessionId) => void run.endSession.run({ sessionId }),
    signOut: (hash) => run.endSessionOfToken.get({ hash }) ?? null,
    setDisabled: (userId, at) => void run.setDisabled.run({ userId, at }),
    listCustomers: (page) => ({
      customers: run.listCustomers.all(page),
      total: run.lastCustomer.get()?.number ?? 0,
    }),
    addCustomers: (customers) =>
      database
        .transaction(
          () => customers.filter((customer) => run.addCustomer.get({ ...customer })).length,
        )
        .immediate(),
    deleteExpired: (now) => {
      run.deleteEndedSessions.run({ now });
      run.deleteEndedNonces.run({ now });
    },
    ping: () => void run.ping.get(),
    close: () => database.close(),
  });
}

function signInOnce(run: Statements, signIn: SignIn): SignInOutcome {
  const { identity, selectBy, now, expiresAt, endsAt } = signIn;
  if (run.findUser.get({ sub: identity.sub })?.disabledAt != null) {
    return { signedIn: false, code: "user_disabled" };
  }
  if (!run.useNonce.get({ hash: signIn.nonceHash, expiresAt: signIn.nonceKeptUntil })) {
    return { signedIn: false, code: "nonce_reused" };
  }
  const user = run.saveUser.get({ ...identity, id: crypto.randomUUID(), now });
  const ended =
    signIn.previousTokenHash && run.endSessionOfToken.get({ hash: signIn.previousTokenHash });
  const sessionId = crypto.randomUUID();
  run.saveSession.run({ id: sessionId, userId: user.id, selectBy, now, expiresAt, endsAt });
  run.saveToken.run({ hash: signIn.tokenHash, sessionId, generation: 0, now });
  return { signedIn: true, user, sessionId, endedUserId: ended ? ended.userId : null };
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
