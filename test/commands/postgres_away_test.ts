import { describe, expect, test } from "bun:test";

import { runInProcess } from "./run_in_process.ts";
import { startSource } from "./source_process.ts";

const SECRET = "s3cr3t-of-the-database";
const AWAY = `postgres://foyer:${SECRET}@127.0.0.1:1/foyer`;
const SAYS =
  "Foyer cannot use the database postgres://foyer@127.0.0.1:1/foyer: nobody listens there, or no machine has that name";

describe("where no PostgreSQL is", () => {
  const CALLS = [
    "audit verify",
    "audit export",
    "audit follow",
    "people list",
    "people disable somebody",
    "admin list",
    "sessions end --all",
    "seed",
    "migrate",
    "migrate --dry-run",
    "restore --finish",
  ];
  test.each(CALLS)("foyer %s says so, and nothing of the password", async (call) => {
    const failed = runInProcess(call.split(" "), { DATABASE_URL: AWAY });
    expect(await failed.catch(String)).toBe(`DatabaseServerError: ${SAYS}`);
  });

  test.each(["serve", "people list"])("foyer %s ends with one line and code 1", async (call) => {
    const env = { DATABASE_URL: AWAY, GOOGLE_OAUTH2_CLIENT_ID: "client" };
    const child = startSource(call.split(" "), env);
    const said = await Promise.all(
      [child.stdout, child.stderr].map((stream) => new Response(stream).text()),
    );
    expect([await child.exited, ...said]).toEqual([1, "", `${SAYS}\n`]);
  });
});
