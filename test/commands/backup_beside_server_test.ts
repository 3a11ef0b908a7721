import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openReadOnly } from "../../db/sqlite/open_read_only.ts";
import { verifyFile } from "../../db/sqlite/verify_file.ts";
import { MACHINE } from "../../src/machine.ts";
import { unpackOldFile } from "../db/sqlite/old_files.ts";
import { sharedStandIn } from "../fixture.ts";
import { type Scene, startScene } from "../trouble/scene.ts";

const ROOT = join(import.meta.dir, "../..");
const COMMAND = [process.execPath, "src/main.ts"];
const BACKUPS = 3;

/** What the file of an older version holds, which the server has migrated. */
const OLD = { users: 4, events: 11 };

const folder = mkdtempSync(join(tmpdir(), "foyer-backup-online-"));
let scene: Scene;
/** What was there before a good backup deleted the copy. */
let atStart: string[] = [];

beforeAll(async () => {
  const google = await sharedStandIn();
  unpackOldFile("v16_google_accounts", join(folder, "foyer.db"));
  scene = await startScene({ command: COMMAND, folder, google, cwd: ROOT });
  atStart = readdirSync(folder);
});

afterAll(async () => {
  await scene.foyer.stop("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** Runs `foyer ARGS` as a process of its own. */
async function run(...args: string[]) {
  const command = [...COMMAND, ...args, "--json"];
  const child = Bun.spawn(command, { cwd: ROOT, env: scene.foyer.env, stderr: "pipe" });
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  expect({ exitCode: await child.exited, errors }).toEqual({ exitCode: 0, errors: "" });
  return JSON.parse(output);
}

const countUsers = (name: string) => {
  using database = openReadOnly(join(folder, name));
  return Number(database.query("SELECT count(*) FROM users").values()[0]?.[0]);
};

test("an upgrade keeps a copy, and tells the log", () => {
  const copy = "foyer.db.before-0006_file_marks";
  expect(atStart).toContain(copy);
  expect(scene.foyer.output()).toContain('"event":"migrated"');
  expect(scene.foyer.output()).toContain(
    `"applied":"0006_file_marks,0007_access_hash,0008_bound_sessions,0009_details_email,0010_counters","copy":"${scene.path}`,
  );
});

test("backups are good while people sign in, and nobody is kept waiting in vain", async () => {
  let signedIn = 0;
  let isOver = false;
  const keepSigningIn = async () => {
    while (!isOver) {
      await scene.member();
      signedIn += 1;
    }
  };
  const crowd = [keepSigningIn(), keepSigningIn()];
  for (let i = 0; i < BACKUPS; i++) {
    const before = signedIn;
    const { events } = await run("backup", join(folder, `b${i}.db`));
    expect(signedIn).toBeGreaterThan(before);
    const { audit, lastBackup } = await verifyFile(join(folder, `b${i}.db`), MACHINE.random);
    expect(audit.events).toBe(events);
    expect(lastBackup).not.toBeNull();
    expect(countUsers(`b${i}.db`)).toBeGreaterThanOrEqual(OLD.users + before);
  }
  expect(await run("migrate")).toMatchObject({ applied: [], copy: null });
  isOver = true;
  await Promise.all(crowd);
  const ready = await fetch(`${scene.foyer.origin}/readyz`);
  expect(await ready.json()).toMatchObject({ last_backup_age_seconds: expect.any(Number) });
  await scene.foyer.stop("SIGTERM");
  expect(readdirSync(folder).toSorted()).toEqual(["b0.db", "b1.db", "b2.db", "foyer.db"]);
  const { audit } = await verifyFile(scene.path, MACHINE.random);
  expect(audit.events).toBe(OLD.events + signedIn + BACKUPS);
}, 60_000);
