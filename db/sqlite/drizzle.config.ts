import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: [
    "./db/schema.ts",
    "./db/session_schema.ts",
    "./db/audit_schema.ts",
    "./db/google_schema.ts",
    "./db/file_schema.ts",
  ],
  out: "./db/sqlite/migrations",
});
