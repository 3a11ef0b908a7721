import { describe, expect, test } from "bun:test";

import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";

import { SQLITE } from "../../db/sqlite/columns.ts";
import { TABLES_IN_SQLITE } from "../../db/sqlite/schema.ts";
import type { AnyAppTable } from "../../db/table.ts";
import { TABLES } from "../../db/tables.ts";
import { ADA, auditAt, createFoyer } from "../fixture.ts";

const { users, sessions, endedTokens, auditEvents } = TABLES_IN_SQLITE;

const APP_TABLES = Object.values<AnyAppTable>(TABLES).map((appTable) => {
  const table: SQLiteTable = appTable.define(SQLITE, TABLES_IN_SQLITE);
  return { table, personColumns: appTable.personColumns?.(table) ?? [] };
});

/** Columns with a user id that Foyer's own statements export. */
const EXPORTED_BY_FOYER = [sessions.userId, auditEvents.actorId, auditEvents.subjectId];

/**
 * Not exported: a hash of a dead token and a reason, gone after a day. What it says about the person, that a device
 * was signed out, is among the events. It is deleted with the account.
 */
const EXEMPT = [endedTokens.userId];

/** Usual names of columns with a user id but without a foreign key. */
const NAMES = /(?:^|_)(?:user|person|author|owner|member|actor|subject|sender|reader)_?id$/;

const nameOf = (column: SQLiteColumn) => `${getTableName(column.table)}.${column.name}`;

/** Every column of `tables` with a foreign key to a user, or with such a name. */
function findPersonColumns(tables: SQLiteTable[]): string[] {
  return tables.flatMap((table) => {
    const { columns, foreignKeys } = getTableConfig(table);
    const references = foreignKeys.map((key) => key.reference());
    const toUsers = references.filter(({ foreignTable }) => getTableName(foreignTable) === "users");
    const referring = toUsers.flatMap(({ columns: own }) => own);
    return columns
      .filter((column) => referring.includes(column) || NAMES.test(column.name))
      .map(nameOf);
  });
}

describe("personal data", () => {
  test("is complete in the export: every column with a user id is registered", () => {
    const tables = [...Object.values(TABLES_IN_SQLITE), ...APP_TABLES.map(({ table }) => table)];
    expect(tables.length).toBeGreaterThan(5);
    const registered = [
      ...EXPORTED_BY_FOYER,
      ...EXEMPT,
      ...APP_TABLES.flatMap(({ personColumns }) => personColumns),
    ].map(nameOf);
    expect(findPersonColumns(tables).toSorted()).toEqual(registered.toSorted());
  });

  test("includes every column of the account", async () => {
    const foyer = await createFoyer();
    await foyer.visitor().signIn(ADA);
    const [person] = await foyer.store.findPeopleByEmail(ADA.email);
    const found = await foyer.store.exportPerson(person?.id ?? "", auditAt(foyer.clock.now));
    expect(Object.keys(found?.person ?? {}).toSorted()).toEqual(
      Object.keys(getTableColumns(users)).toSorted(),
    );
  });
});
