/** The database cannot be used. The message tells the operator why, and holds no password. */
export class DatabaseServerError extends Error {
  override readonly name = "DatabaseServerError";
  /** Only what is wrong. */
  readonly reason: string;

  /** `shown` is the address without its password. */
  constructor(shown: string, reason: string) {
    super(`Foyer cannot use the database ${shown}: ${reason}`);
    this.reason = reason;
  }
}
