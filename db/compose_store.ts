import type { Work } from "./act.ts";
import { createActiveSessions } from "./active_sessions.ts";
import { whileAllowed } from "./acts/authority.ts";
import type { AppStore } from "./contract/app_store.ts";
import type { AuditContext } from "./contract/audit.ts";
import type { Dialect } from "./dialect.ts";
import type { Runner } from "./runner.ts";
import type { Columns } from "./schema/columns.ts";
import { preparePersonRows } from "./statements/person_rows.ts";
import { createStore, type StoreParts } from "./store.ts";
import { openTables } from "./table.ts";
import { TABLES } from "./tables.ts";

/** What an engine brings. */
export interface Engine
  extends
    Runner,
    Pick<
      StoreParts,
      "run" | "readLog" | "readWholeLog" | "readForeignEvents" | "batchMs" | "writeActivity"
    > {
  dialect: Dialect;
  columns: Columns;
}

/** The store with the application's tables, on one engine. */
export function composeStore({ dialect, columns, ...engine }: Engine): Omit<AppStore, "close"> {
  const { run, read, write } = engine;

  /** Changes something, if the actor may still act in the same transaction. */
  async function change<T>(
    audit: AuditContext,
    work: Work<T>,
    { holdsLog = false } = {},
  ): Promise<T> {
    const done = await write(function* () {
      if (holdsLog) yield* run.hold();
      return yield* whileAllowed(run, audit, work);
    });
    if ("refusal" in done) throw done.refusal;
    return done.outcome;
  }

  function writeOrChange<T>(work: Work<T>, audit?: AuditContext): Promise<T> {
    return audit ? change(audit, work) : write(work);
  }

  const context = { ...dialect, columns, read, write: writeOrChange };
  const { tables, personColumns } = openTables(TABLES, context);
  const personRows = preparePersonRows(dialect, personColumns);
  return {
    ...createActiveSessions(engine),
    ...createStore({ ...engine, personRows, change }),
    tables,
  };
}
