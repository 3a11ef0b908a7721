import { Database } from "bun:sqlite";

/** Opens a closed file, and changes nothing in it. */
export function openReadOnly(path: string): Database {
  return new Database(path, { readonly: true, strict: true });
}
