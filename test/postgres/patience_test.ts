import { describe, expect, test } from "bun:test";

import { openPostgres } from "../../db/postgres/open_postgres.ts";
import { parseDatabase, type PostgresAddress } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";
import { hasPostgres } from "../programs.ts";
import { createMigratedDatabase } from "./migrated.ts";

describe.skipIf(!hasPostgres)("on PostgreSQL, work may take", () => {
  for (const [deadlineMs, outcome] of [
    [500, /^DatabaseError: PostgreSQL failed: (?:57014|too late)$/],
    [20_000, /^done$/],
  ] as const) {
    test(`${deadlineMs} ms, and not longer`, { timeout: 60_000 }, async () => {
      const address = parseDatabase(await createMigratedDatabase()) as PostgresAddress;
      const store = await openPostgres(address, { ...MACHINE, deadlineMs });
      // Each invitation takes a second.
      await using sql = new Bun.SQL(address.url);
      await sql.unsafe(
        `create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(1); return new; end'`,
      );
      await sql.unsafe(
        "create trigger slow before insert on invitations for each row execute function slow()",
      );
      const invited = store.invite("ada@gmail.com", auditAt(1000)).then(() => "done", String);
      expect(await invited).toMatch(outcome);
      expect(await store.listInvitations(1000)).toHaveLength(deadlineMs > 1000 ? 1 : 0);
      await store.close();
    });
  }
});
