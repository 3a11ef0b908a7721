import type { PostgresAddress } from "../../src/config/database.ts";

/** The database cannot be used. The message tells the operator why, and holds no password. */
export class DatabaseServerError extends Error {
  override readonly name = "DatabaseServerError";
  /** Only what is wrong. */
  readonly reason: string;

  constructor({ shown }: PostgresAddress, reason: string) {
    super(`Foyer cannot use the database ${shown}: ${reason}`);
    this.reason = reason;
  }
}
