import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../db/contract/app_store.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { MACHINE } from "../../src/machine.ts";
import type { Terminal } from "../../src/process/terminal.ts";
import { createFoyer } from "../fixture.ts";
import { runInProcess } from "./run_in_process.ts";

/** A database file, and commands that run with it. */
export interface CommandScene {
  path: string;
  /** The environment of the commands; a test adds to it. */
  env: Record<string, string>;
  store: AppStore;
  /** The ids of the people, in the order in which they signed in. */
  ids: string[];
  /** Runs a command; returns its output, or the name and message of its error. */
  run(...args: string[]): Promise<string>;
  /** The same on a terminal, or with another part of one. */
  runWith(terminal: Partial<Terminal>, ...args: string[]): Promise<string>;
  /** The values that a command prints with `--json`. */
  read(...args: string[]): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** Creates a database in which `people` have signed in, one after the other. */
export async function createCommandScene(people: StandInPerson[]): Promise<CommandScene> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-commands-"));
  const path = join(folder, "foyer.db");
  const store = openSqlite(path, MACHINE);
  const foyer = await createFoyer({}, { store });
  for (const person of people) {
    await foyer.visitor().signIn(person);
    foyer.clock.pass(1);
  }
  const signedIn = await store.listEvents({ kind: "signed_in", limit: 100 });
  const env: Record<string, string> = { DATABASE_URL: `file:${path}` };
  const runWith = (terminal: Partial<Terminal>, ...args: string[]) =>
    runInProcess(args, env, terminal).catch(String);
  return {
    path,
    env,
    store,
    ids: signedIn.toReversed().map(({ subjectId }) => subjectId ?? ""),
    runWith,
    run: (...args) => runWith({}, ...args),
    async read(...args) {
      const text = await runInProcess([...args, "--json"], env);
      return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line));
    },
    close() {
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
