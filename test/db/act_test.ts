import { describe, expect, test } from "bun:test";

import { drizzle } from "drizzle-orm/bun-sqlite";

import { type Act, drive, Question, statement } from "../../db/act.ts";
import { createSessionActs } from "../../db/acts/sessions.ts";
import type { SignIn, SignInOutcome } from "../../db/contract/store.ts";
import { openDatabaseFile } from "../../db/file/database_file.ts";
import { openSqlite } from "../../db/sqlite.ts";
import { prepareStatements } from "../../db/statements/all.ts";
import { auditAt } from "../fixture.ts";

const NOW = 1_000_000;

function attempt(sub: string, nonceHash: string): SignIn {
  const identity = { sub, email: `${sub}@gmail.com`, name: sub, picture: null, hostedDomain: null };
  return {
    identity,
    method: "btn",
    tokenHash: `token of ${sub}`,
    previousTokenHash: null,
    nonceHash,
    nonceKeptUntil: NOW + 1,
    expiresAt: NOW + 2,
    idleEndsAt: NOW + 2,
    invitation: "not_needed",
  };
}

/** Steps acts by turns, as two connections of another engine would: one question each. */
function interleave<T>(acts: Act<T>[]): T[] {
  const outcomes = new Map<Act<T>, T>();
  const answers = new Map<Act<T>, unknown>();
  while (outcomes.size < acts.length) {
    for (const act of acts.filter((one) => !outcomes.has(one))) {
      const step = act.next(answers.get(act));
      if (step.done) outcomes.set(act, step.value);
      else answers.set(act, step.value.answer());
    }
  }
  return acts.map((act) => outcomes.get(act) as T);
}

describe("an act", () => {
  test("asks nothing before it is driven", () => {
    const asked: string[] = [];
    const ask = (how: string) => () => asked.push(how);
    const query = { all: ask("all"), get: ask("get"), run: ask("run") };
    const prepared = statement({ prepare: () => query });
    const act = (function* () {
      yield* prepared.run();
      yield* prepared.all();
      return "done";
    })();
    expect(asked).toEqual([]);
    expect(drive(act)).toBe("done");
    expect(asked).toEqual(["run", "all"]);
    expect(prepared.get()).toBeInstanceOf(Question);
    expect(asked).toEqual(["run", "all"]);
  });

  test("gets null for a row that is not there", () => {
    const database = openDatabaseFile(":memory:");
    const run = prepareStatements(drizzle({ client: database }));
    expect(drive(run.findUser.get({ sub: "nobody" }))).toBeNull();
    expect(drive(run.listInvitations.all())).toEqual([]);
    database.close();
  });

  test("can be stepped by hand: of two sign-ins with one nonce, one succeeds", () => {
    const database = openDatabaseFile(":memory:");
    const { signIn } = createSessionActs(prepareStatements(drizzle({ client: database })));
    const outcomes = interleave<SignInOutcome>([
      signIn(attempt("ada", "one nonce"), auditAt(NOW)),
      signIn(attempt("grace", "one nonce"), auditAt(NOW)),
    ]);
    expect(outcomes.map(({ signedIn }) => signedIn)).toEqual([true, false]);
    expect(outcomes[1]).toEqual({ signedIn: false, code: "nonce_reused" });
    database.close();
  });

  test("leaves nothing behind when it fails in the middle", async () => {
    const store = openSqlite(":memory:");
    const first = attempt("ada", "first");
    await store.signIn(first, auditAt(NOW));
    // The value of a session must be unique, and is written after the nonce and the user.
    const second = { ...attempt("grace", "second"), tokenHash: first.tokenHash };
    await expect(store.signIn(second, auditAt(NOW))).rejects.toThrow("SQLITE_CONSTRAINT");
    expect(await store.findPeopleByEmail("grace@gmail.com")).toEqual([]);
    const again = { ...second, tokenHash: "its own" };
    expect((await store.signIn(again, auditAt(NOW))).signedIn).toBe(true);
    store.close();
  });

  test("says nothing of the values that it was bound to", async () => {
    const store = openSqlite(":memory:");
    const signIn = { ...attempt("ada", "nonce"), expiresAt: "s3cret" as unknown as number };
    signIn.tokenHash = null as unknown as string;
    const failure = await store.signIn(signIn, auditAt(NOW)).catch((error: Error) => error.message);
    expect(failure).toStartWith("SQLite failed: SQLITE_CONSTRAINT");
    expect(failure).not.toContain("s3cret");
    store.close();
  });
});
