import { describe, expect, test } from "bun:test";

import { type Act, createStatement, Query } from "../../db/act.ts";
import { createSessionActs } from "../../db/acts/sessions.ts";
import type { SignIn, SignInOutcome } from "../../db/contract/store.ts";
import { openDatabaseFile } from "../../db/sqlite/database_file.ts";
import { createSqliteDialect } from "../../db/sqlite/dialect.ts";
import { chainAtOnce } from "../../db/sqlite/open_sqlite.ts";
import { execute, runAct, runWork } from "../../db/sqlite/run_act.ts";
import { prepareStatements } from "../../db/statements/all.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";
import { signInWith } from "./sign_ins.ts";

const NOW = 1000;

/** Somebody signs in, each with the same nonce. */
function attempt(sub: string): SignIn {
  const identity = { ...signInWith().identity, sub, email: `${sub}@gmail.com` };
  return signInWith({ identity, tokenHash: `token of ${sub}` });
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
    const prepared = createStatement(() => query);
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
      signIn(attempt("ada"), auditAt(NOW)),
      signIn(attempt("grace"), auditAt(NOW)),
    ]);
    expect(outcomes.map(({ signedIn }) => signedIn)).toEqual([true, false]);
    expect(outcomes[1]).toEqual({ signedIn: false, code: "nonce_reused" });
    database.close();
  });
});
