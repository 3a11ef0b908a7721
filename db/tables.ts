import { CUSTOMERS } from "./customers.ts";

/** Your application's tables, by their names in `store.tables`. Add yours here. */
export const TABLES = {
  customers: CUSTOMERS,
};
