import { Database, type SQLQueryBindings, type Statement } from "bun:sqlite";

/**
 * A database that is closed when `close` returns. SQLite keeps a connection open until its last prepared
 * statement is finalized, and Drizzle finalizes none: the write-ahead log would stay behind.
 */
export class ClosingDatabase extends Database {
  readonly #statements: Statement[] = [];

  override prepare<Row, Params extends SQLQueryBindings | SQLQueryBindings[]>(
    sql: string,
    params?: Params,
  ) {
    const statement = super.prepare<Row, Params>(sql, params);
    this.#statements.push(statement as unknown as Statement);
    return statement;
  }

  override close(): void {
    for (const statement of this.#statements) statement.finalize();
    super.close(true);
  }
}
