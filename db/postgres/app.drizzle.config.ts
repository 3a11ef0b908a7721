import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./db/postgres/app_schema.ts",
  out: "./db/app_migrations/postgres",
});
