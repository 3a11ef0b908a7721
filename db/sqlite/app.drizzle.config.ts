import { readFileSync } from "node:fs";

import { defineConfig } from "drizzle-kit";

/** The files that `db/tables.ts` imports. */
const imports = readFileSync("db/tables.ts", "utf8").matchAll(/from "(\.\/\w+\.ts)"/g);

export default defineConfig({
  dialect: "sqlite",
  schema: [...imports].map(([, file]) => `./db/${file}`),
  out: "./db/app_migrations",
});
