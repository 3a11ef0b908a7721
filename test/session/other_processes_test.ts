import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DatabaseError } from "../../db/contract/store.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { peoplePolicy } from "../../src/auth/admission.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { followOtherProcesses } from "../../src/session/other_processes.ts";
import { openEventStream } from "../event_stream.ts";
import { ADA, auditAt, createFoyer, GRACE, sharedStandIn } from "../fixture.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { startScene } from "../trouble/scene.ts";

// Processes start slowly on a machine that is busy.
setDefaultTimeout(30_000);

const ROOT = join(import.meta.dir, "../..");
const folder = mkdtempSync(join(tmpdir(), "foyer-processes-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two processes with one file, as their two stores: what the first tells its pages of, look by look. */
async function createTwo(name: string) {
  const path = join(folder, name);
  const [store, otherStore] = [openSqlite(path, MACHINE), openSqlite(path, MACHINE)];
  const here = await createFoyer({}, { store });
  const there = await createFoyer({}, { store: otherStore });
  const told: string[] = [];
  let look = () => {};
  const stop = followOtherProcesses({
    ...here.deps,
    loginEvents: { ...here.deps.loginEvents, publish: (userId) => void told.push(userId) },
    every(_ms, act) {
      look = act;
      return () => {
        look = () => {};
      };
    },
  });
  return {
    here,
    there,
    stop,
    /** Whom one look tells. */
    async takeTold(): Promise<string[]> {
      look();
      await new Promise(setImmediate);
      return told.splice(0);
    },
    close() {
      store.close();
      otherStore.close();
    },
  };
}

describe("people whom another process changes", () => {
  test("are told, each once a look, and nobody else is", async () => {
    const { here, there, takeTold, stop, close } = await createTwo("told.db");
    const ada = there.visitor();
    await ada.signIn(ADA);
    const grace = there.visitor();
    await grace.signIn(GRACE);
    const [adaId, graceId] = await Promise.all(
      [ADA, GRACE].map(async ({ email }) => (await there.store.findPeopleByEmail(email))[0]?.id),
    );
    expect(await takeTold()).toEqual([adaId as string, graceId as string]);
    expect(await takeTold()).toEqual([]);

    const act = { userId: graceId as string, policy: peoplePolicy(there.deps.config) };
    const audit = auditAt(there.clock.now);
    await there.store.disable(act, audit);
    await there.store.enable(act, audit);
    expect(await takeTold()).toEqual([graceId as string]);

    await here.store.addAdmin({ ...act, userId: adaId as string }, audit);
    await there.store.invite("new@a.example", audit);
    await there.store.recordExport(audit);
    const refused = { sub: ADA.sub, email: ADA.email, name: ADA.name, code: "email_not_allowed" };
    await there.store.recordRefusal(refused, audit);
    expect(await takeTold()).toEqual([]);

    await ada.post(PATHS.logout);
    await there.store.deletePerson(act, audit);
    expect(await takeTold()).toEqual([adaId as string, graceId as string]);
    stop();
    await there.visitor().signIn(ADA);
    expect(await takeTold()).toEqual([]);
    close();
  });

  test("are told later if the database cannot be read; the log has one line", async () => {
    const { here, there, takeTold, close } = await createTwo("failing.db");
    const { readForeignEvents } = here.store;
    here.store.readForeignEvents = () => Promise.reject(new DatabaseError("SQLite failed: X"));
    await there.visitor().signIn(ADA);
    expect(await takeTold()).toEqual([]);
    expect(await takeTold()).toEqual([]);
    here.store.readForeignEvents = readForeignEvents;
    expect(await takeTold()).toHaveLength(1);
    const lines = here.logLines.filter((line) => line.includes("foreign_changes_not_read"));
    expect(lines).toHaveLength(1);
    close();
  });
});

describe("two servers with one file", () => {
  test("tell the pages of each other, and of nobody else, within a second", async () => {
    const google = await sharedStandIn();
    const source = { command: [process.execPath, "src/main.ts"], cwd: ROOT };
    const one = await startScene({ ...source, folder, google });
    const two = await startScene({ ...source, folder, google });
    const bystander = await openEventStream(one.foyer.origin, await one.member());

    /** Signs out at the second server, and counts the milliseconds until a page of the first has ended. */
    async function signOutElsewhere(): Promise<number> {
      const laptop = await one.member();
      const page = await openEventStream(one.foyer.origin, laptop);
      const elsewhere = new RemoteVisitor(two.foyer.origin);
      for (const [name, value] of laptop.cookies) elsewhere.cookies.set(name, value);
      await elsewhere.post(PATHS.logout);
      const begun = performance.now();
      await page.ended;
      expect(page.changes()).toBe(1);
      return performance.now() - begun;
    }

    // The heartbeat, every five seconds, would tell it, too. One of several times is not the machine's fault.
    const times = [await signOutElsewhere(), await signOutElsewhere(), await signOutElsewhere()];
    expect(Math.min(...times)).toBeLessThan(1000);
    expect(bystander.changes()).toBe(0);
    bystander.abort();
    await Promise.all([one, two].map(({ foyer }) => foyer.stop("SIGTERM")));
  });
});
