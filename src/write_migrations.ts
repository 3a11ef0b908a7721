// `bun run migrations NAME` and `bun run migrations:foyer NAME`: writes what tables lack, for SQLite and for PostgreSQL.

export {};

const CONFIGS: Record<string, string> = {
  app: "app.drizzle.config.ts",
  foyer: "drizzle.config.ts",
};
const ENGINES = ["sqlite", "postgres"];

const [set = "", name = ""] = process.argv.slice(2);
const config = CONFIGS[set];

if (!config || !/^\w+$/.test(name)) {
  console.error("Usage: bun run migrations NAME, in letters, digits and underscores");
  process.exit(2);
}

for (const engine of ENGINES) {
  const args = ["generate", "--config", `db/${engine}/${config}`, "--name", name];
  // It may ask whether a column is new or has another name.
  const { success } = Bun.spawnSync(["node_modules/.bin/drizzle-kit", ...args], {
    stdio: ["inherit", "inherit", "inherit"],
  });
  if (!success) process.exit(1);
}
