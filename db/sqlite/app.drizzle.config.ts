import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./db/sqlite/app_schema.ts",
  out: "./db/app_migrations",
});
