import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { SQL } from "bun";

import type { AppStore } from "../../../db/contract/app_store.ts";
import { openPostgres } from "../../../db/postgres/open_postgres.ts";
import { createPool } from "../../../db/postgres/pool.ts";
import { parseDatabase, type PostgresAddress } from "../../../src/config/database.ts";
import { MACHINE } from "../../../src/machine.ts";
import { auditAt } from "../../fixture.ts";
import { hasPostgres } from "../../programs.ts";
import { createMigratedDatabase } from "../migrated.ts";
import { sharedPostgres } from "../server.ts";

setDefaultTimeout(30_000);

const EVENTS = 700;
const SITE = "http://localhost:8080";
const DAY_MS = 86_400_000;
const NOBODY = { mayEnter: true, isAdmin: false };

const isDone = () => true;
const isLate = () => false;
const nothing = () => [];
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe.skipIf(!hasPostgres)("the audit log of several processes", () => {
  let address: PostgresAddress;
  let sql: SQL;
  let opened: AppStore[] = [];
  beforeAll(async () => void (await sharedPostgres()), 60_000);
  afterAll(close);

  async function close(): Promise<void> {
    for (const store of opened) await store.close();
    opened = [];
    await sql?.close();
  }

  /** Opens a new database in so many processes. */
  async function open(count: number, options: { openPool?: typeof createPool } = {}) {
    await close();
    const url = await createMigratedDatabase();
    address = parseDatabase(url) as PostgresAddress;
    sql = new SQL(url, { max: 1 });
    opened = await Promise.all(
      times(count, () => openPostgres(address, { ...MACHINE, ...options })),
    );
    return opened;
  }

  /** Records an event about nobody with an account, whose id is `userId`. */
  const record = (store: AppStore, userId: string, at = 1000) =>
    store.recordSiteRefusal({ userId, site: SITE }, auditAt(at));

  /** The same until it is answered: a busy machine may be late. */
  async function persist(store: AppStore, userId: string): Promise<void> {
    while (!(await record(store, userId).then(isDone, isLate))) await Bun.sleep(20);
  }

  const readSubjects = async (store: AppStore) =>
    (await store.readForeignEvents()).map(({ subjectId }) => subjectId as string);

  test("is read by each of three, each event of the others once, while all write and chain", async () => {
    const stores = await open(3);
    const idsOf = (index: number) => times(EVENTS, (number) => `${index} ${number}`);
    let isWriting = true;
    const readers = stores.map(async (store) => {
      const read: string[] = [];
      while (isWriting) read.push(...(await readSubjects(store).catch(nothing)));
      for (let more = ["first"]; more.length > 0;) read.push(...(more = await readSubjects(store)));
      return read;
    });
    const sealers = times(2, async (index) => {
      while (isWriting) await stores[index]?.findLastSeq().catch(nothing);
    });
    await Promise.all(
      stores.flatMap((store, index) =>
        times(7, async (lane) => {
          for (const id of idsOf(index).filter((_, at) => at % 7 === lane))
            await persist(store, id);
        }),
      ),
    );
    isWriting = false;
    const read = await Promise.all(readers);
    await Promise.all(sealers);
    for (const [index, subjects] of read.entries()) {
      const others = [0, 1, 2].filter((other) => other !== index).flatMap(idsOf);
      expect(subjects.toSorted()).toEqual(others.toSorted());
    }
    const verdict = await stores[0]?.verifyAudit(0);
    expect(verdict).toMatchObject({ isWhole: true, events: 3 * EVENTS });
    const [left] = await sql`select count(*)::int as pending from audit_pending`;
    expect(left).toEqual({ pending: 0 });
  });

  test("stays whole while several delete what is old, and chain", async () => {
    const stores = await open(3);
    await Promise.all(
      stores.flatMap((store, index) =>
        times(60, async (turn) => {
          await record(store, `${index} ${turn}`, turn < 30 ? 1000 : 2 * DAY_MS);
          if (turn % 10 === 0) await store.pruneAudit(DAY_MS);
        }),
      ),
    );
    await stores[0]?.pruneAudit(DAY_MS);
    const verdict = await stores[1]?.verifyAudit(DAY_MS);
    if (!verdict?.isWhole) throw new Error(verdict?.fault);
    expect(verdict.events + verdict.forgottenUpTo).toBe(180);
  });

  test("is held by who erases in it, so that nobody who chains is in the way", async () => {
    const stores = await open(3);
    const policy = { configuredAdmins: new Set<string>(), admit: () => NOBODY };
    await sql`insert into users (id, sub, email, email_verified, name, created_at, signed_in_at)
      select n, n, n, true, n, 1, 1 from (select generate_series(1, 20)::text as n) as numbers`;
    const { log } = await sharedPostgres();
    const before = log().length;
    let isWriting = true;
    const writing = stores.map(async (store, index) => {
      for (let turn = 0; isWriting; turn += 1) {
        await record(store, `${index} ${turn}`);
        await store.findLastSeq();
      }
    });
    for (const userId of times(20, (number) => `${number + 1}`)) {
      const store = stores[Number(userId) % 3] as AppStore;
      expect(await store.deletePerson({ userId, policy }, auditAt(1000))).toBe("done");
    }
    isWriting = false;
    await Promise.all(writing);
    expect(log().slice(before)).not.toContain('STATEMENT:  update "audit_marks"');
    expect(await stores[0]?.verifyAudit(0)).toMatchObject({ isWhole: true });
  });

  test("is chained by another process when one dies that holds the head", async () => {
    const [own, other] = (await open(2)) as [AppStore, AppStore];
    await record(own, "first");
    const dying = new SQL(address.url, { max: 1 });
    const connection = await dying.reserve();
    await connection`begin`;
    await connection`update audit_marks set seq = seq where name = 'head'`;
    await connection`delete from audit_pending`;
    await record(own, "second");
    const [seen] = await Promise.all([readSubjects(other), connection.close()]);
    expect(seen).toEqual(["first", "second"]);
    expect(await other.verifyAudit(0)).toMatchObject({ isWhole: true, events: 2 });
    await dying.close();
  });

  test("is read once more when an answer on the way was lost", async () => {
    let answersLeft = Infinity;
    const openPool: typeof createPool = (to) => {
      const pool = createPool(to);
      return {
        ...pool,
        async use(errand) {
          const answer = await pool.use(errand);
          if ((answersLeft -= 1) < 0) throw new Error("cut");
          return answer;
        },
      };
    };
    const [own] = (await open(1, { openPool })) as [AppStore];
    const other = await openPostgres(address, MACHINE);
    opened.push(other);
    let failures = 0;
    for (let answers = 0; answers < 8; answers += 1) {
      await record(other, `${answers}`);
      answersLeft = answers;
      const first = await readSubjects(own).catch(() => ((failures += 1), []));
      answersLeft = Infinity;
      expect([...first, ...(await readSubjects(own))]).toEqual([`${answers}`]);
    }
    expect(failures).toBeGreaterThan(3);
    expect(failures).toBeLessThan(8);
  });

  test("is told from another one in its place, as after a failover that lost its end", async () => {
    const [own, other] = (await open(2)) as [AppStore, AppStore];
    for (const id of ["1", "2", "3", "4", "5"]) await record(other, id);
    expect(await readSubjects(own)).toEqual(["1", "2", "3", "4", "5"]);
    await sql`delete from audit_details where seq > 2`;
    await sql`delete from audit_events where seq > 2`;
    await sql`update audit_marks set seq = 2, hash = (select hash from audit_events where seq = 2)
      where name = 'head'`;
    for (const id of ["6", "7", "8", "9"]) await record(other, id);
    // What it may have told before is told again, and nothing is left out.
    expect(await readSubjects(own)).toEqual(["1", "2", "6", "7", "8", "9"]);
    await record(other, "10");
    expect(await readSubjects(own)).toEqual(["10"]);
    await sql`delete from audit_details where seq > 3`;
    await sql`delete from audit_events where seq > 3`;
    await sql`update audit_marks set seq = 3, hash = (select hash from audit_events where seq = 3)
      where name = 'head'`;
    expect(await readSubjects(own)).toEqual(["1", "2", "6"]);
    expect(await readSubjects(own)).toEqual([]);
    expect(await own.verifyAudit(0)).toMatchObject({ isWhole: true });
  });
});
