import { CUSTOMERS } from "./customers.ts";

/** Your application's tables, by the names that `store.tables` has for them. Add yours here. */
export const TABLES = {
  customers: CUSTOMERS,
};
