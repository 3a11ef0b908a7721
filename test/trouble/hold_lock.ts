import { Database } from "bun:sqlite";

// Another process that holds the write lock of a file, until its input ends.

const database = new Database(process.argv[2] ?? "");
database.run("PRAGMA busy_timeout = 5000");
database.run("BEGIN IMMEDIATE");
console.info("locked");
await Bun.stdin.text();
database.run("ROLLBACK");
database.close();
