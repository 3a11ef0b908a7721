import { describe, expect, test } from "bun:test";

import { type Act, Query, statement } from "../../db/act.ts";
import { createSessionActs } from "../../db/acts/sessions.ts";
import type { SignIn, SignInOutcome } from "../../db/contract/store.ts";
import { openDatabaseFile } from "../../db/sqlite/database_file.ts";
import { createSqliteDialect } from "../../db/sqlite/dialect.ts";
import { chainAtOnce, openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { execute, runAct, runWork } from "../../db/sqlite/run_act.ts";
import { prepareStatements } from "../../db/statements/all.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";

const NOW = 1_000_000;

function attempt(sub: string, nonceHash: string): SignIn {
  const identity = { sub, email: `${sub}@gmail.com`, name: sub, picture: null, hostedDomain: null };
  return {
    identity,
    method: "btn",
    tokenHash: `token of ${sub}`,
    accessHash: null,
    bindingSecret: null,
    authenticatedAt: null,
    amr: null,
    previousTokenHash: null,
    nonceHash,
    tokenIssuedAt: 1000,
    nonceKeptUntil: NOW + 1,
    expiresAt: NOW + 2,
    idleEndsAt: NOW + 2,
    invitation: "not_needed",
  };
}

/** Runs acts alternately, one query each, as two connections of another engine would. */
function interleave<T>(acts: Act<T>[]): T[] {
  const outcomes = new Map<Act<T>, T>();
  const results = new Map<Act<T>, unknown>();
  while (outcomes.size < acts.length) {
    for (const act of acts.filter((one) => !outcomes.has(one))) {
      const step = act.next(results.get(act));
      if (step.done) outcomes.set(act, step.value);
      else results.set(act, execute(step.value));
    }
  }
  return acts.map((act) => outcomes.get(act) as T);
}

describe("an act", () => {
  test("runs no query before the act runs", () => {
    const calls: string[] = [];
    const call = (name: string) => () => calls.push(name);
    const query = { all: call("all"), get: call("get"), run: call("run") };
    const prepared = statement({ prepare: () => query });
    const act = (function* () {
      yield* prepared.run();
      yield* prepared.all();
      return "done";
    })();
    expect(calls).toEqual([]);
    expect(runAct(act)).toBe("done");
    expect(calls).toEqual(["run", "all"]);
    expect(prepared.get()).toBeInstanceOf(Query);
    expect(calls).toEqual(["run", "all"]);
  });

  test("gets null for a missing row", () => {
    const database = openDatabaseFile(":memory:");
    const run = prepareStatements(createSqliteDialect(database), {
      random: MACHINE.random,
      createLog: chainAtOnce,
    });
    expect(runWork(run.findUser.get({ sub: "nobody" }))).toBeNull();
    expect(runWork(run.listInvitations.all({ now: 0 }))).toEqual([]);
    database.close();
  });

  test("can run step by step: of two sign-ins with the same nonce, one succeeds", () => {
    const database = openDatabaseFile(":memory:");
    const { signIn } = createSessionActs(
      prepareStatements(createSqliteDialect(database), {
        random: MACHINE.random,
        createLog: chainAtOnce,
      }),
    );
    const outcomes = interleave<SignInOutcome>([
      signIn(attempt("ada", "one nonce"), auditAt(NOW)),
      signIn(attempt("grace", "one nonce"), auditAt(NOW)),
    ]);
    expect(outcomes.map(({ signedIn }) => signedIn)).toEqual([true, false]);
    expect(outcomes[1]).toEqual({ signedIn: false, code: "nonce_reused" });
    database.close();
  });

  test("changes nothing when it fails halfway", async () => {
    const store = openSqlite(":memory:", MACHINE);
    const first = attempt("ada", "first");
    await store.signIn(first, auditAt(NOW));
    // A token must be unique. It is written after the nonce and the user.
    const second = { ...attempt("grace", "second"), tokenHash: first.tokenHash };
    await expect(store.signIn(second, auditAt(NOW))).rejects.toThrow("SQLITE_CONSTRAINT");
    expect(await store.findPeopleByEmail("grace@gmail.com")).toEqual([]);
    const again = { ...second, tokenHash: "its own" };
    expect((await store.signIn(again, auditAt(NOW))).signedIn).toBe(true);
    store.close();
  });

  test("does not reveal bound values in errors", async () => {
    const store = openSqlite(":memory:", MACHINE);
    const signIn = { ...attempt("ada", "nonce"), expiresAt: "s3cret" as unknown as number };
    signIn.tokenHash = null as unknown as string;
    const failure = await store.signIn(signIn, auditAt(NOW)).catch((error: Error) => error.message);
    expect(failure).toStartWith("SQLite failed: SQLITE_CONSTRAINT");
    expect(failure).not.toContain("s3cret");
    store.close();
  });
});
