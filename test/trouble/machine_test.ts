import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PATHS } from "../../src/paths.ts";
import { buildBinary } from "../build_binary.ts";
import { sharedStandIn } from "../fixture.ts";
import { AS_NOBODY, createFolder, give } from "./as_nobody.ts";
import { type Scene, startScene } from "./scene.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-machine-"));
/** `LOCK_SECONDS=60 bun test …` locks for a minute. */
const LOCK_MS = 1000 * Number(process.env.LOCK_SECONDS ?? 0);
let binary = "";
const running: Scene[] = [];
beforeAll(() => {
  binary = buildBinary(root);
}, 60_000);
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ foyer }) => foyer.stop("SIGKILL")));
});
afterAll(() => rmSync(root, { recursive: true }));

async function start({ folder = createFolder(root), before = [] as string[] } = {}) {
  const command = [...AS_NOBODY, ...before, binary];
  const scene = await startScene({ command, folder, google: await sharedStandIn() });
  running.push(scene);
  return { folder, ...scene };
}

async function restart(scene: Scene): Promise<Scene> {
  await scene.foyer.stop("SIGKILL");
  const again = await scene.restart();
  running.push(again);
  return again;
}

/** Signs people in until the disk is full, and checks that the server stands it. */
async function fillUp(
  { signIn, expectNoSignIn, expectReading, health }: Scene,
  makeRoom: () => void,
) {
  const members = [];
  for (;;) {
    const { browser, response } = await signIn();
    if (response.status !== 200) break;
    members.push(browser);
  }
  expect(members.length).toBeGreaterThan(3);
  for (let i = 0; i < 5; i++) await expectNoSignIn();
  for (const member of members) await expectReading(member);
  expect(await health()).toBe(200);
  const leaving = members[0];
  const left = await leaving?.post(PATHS.logout);
  expect(left?.status).toBe(200);
  expect(left?.headers.getSetCookie().join()).toContain("Max-Age=0");
  makeRoom();
  const { response } = await signIn();
  expect(response.status).toBe(200);
  for (const member of members.slice(1)) await expectReading(member);
}

/** Whether this process may mount; in most containers it may not. */
function mount(folder: string): boolean {
  if (!Bun.which("mount")) return false;
  return Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=2m,mode=777", "tmpfs", folder]).success;
}

describe("a full disk", () => {
  test("of 2 MB: reading goes on, and once there is room signing in, too", async () => {
    const folder = createFolder(root);
    if (!mount(folder)) {
      console.warn("SKIPPED: no tmpfs can be mounted; the limit of a file's size stands for it");
      return;
    }
    try {
      writeFileSync(join(folder, "filler"), Buffer.alloc(1_000_000));
      await fillUp(await start({ folder }), () => rmSync(join(folder, "filler")));
    } finally {
      await Promise.all(running.splice(0).map(({ foyer }) => foyer.stop("SIGKILL")));
      Bun.spawnSync(["umount", folder]);
    }
  });

  test("by a limit of a file's size: the same", async () => {
    const before = ["sh", "-c", 'ulimit -S -f 3000; exec "$0"'];
    const scene = await start({ before });
    await fillUp(scene, () => {
      const lift = ["prlimit", `--pid=${scene.foyer.pid}`, "--fsize=unlimited:"];
      expect(Bun.spawnSync([...AS_NOBODY, ...lift]).success).toBe(true);
    });
  });
});

test("a file that was made read-only is written on, and named at the next start", async () => {
  const scene = await start();
  const member = await scene.member();
  chmodSync(scene.path, 0o444);
  chmodSync(scene.folder, 0o555);
  const another = await scene.member();
  await scene.expectReading(member);
  await scene.foyer.stop("SIGTERM");
  expect(String(await scene.restart().catch(String))).toContain(`${scene.path}: it is read-only`);
  chmodSync(scene.folder, 0o755);
  chmodSync(scene.path, 0o600);
  const again = await restart(scene);
  await again.expectReading(member);
  await again.expectReading(another);
});

describe("a folder that is taken away", () => {
  test("and put back: 503 for what would be lost, and all is well again", async () => {
    const scene = await start();
    const member = await scene.member();
    renameSync(scene.folder, `${scene.folder}-away`);
    await scene.expectNoSignIn();
    await scene.expectReading(member);
    expect(await scene.health()).toBe(503);
    await scene.foyer.outputHas("SQLITE_READONLY_DBMOVED");
    renameSync(`${scene.folder}-away`, scene.folder);
    const another = await scene.member();
    expect(await scene.health()).toBe(200);
    const again = await restart(scene);
    await again.expectReading(member);
    await again.expectReading(another);
  });

  test("for good: 503, reading goes on, and no other file is taken for it", async () => {
    const scene = await start();
    const member = await scene.member();
    rmSync(scene.folder, { recursive: true });
    await scene.expectNoSignIn();
    await scene.expectReading(member);
    mkdirSync(scene.folder);
    give(scene.folder);
    await scene.expectNoSignIn();
    await scene.expectReading(member);
    expect(await scene.health()).toBe(503);
    await (await restart(scene)).member();
  });
});

test(
  "a lock of another process: 503 at once for all but the first, reading goes on",
  async () => {
    const scene = await start();
    const member = await scene.member();
    const program = join(import.meta.dir, "hold_lock.ts");
    const options = { stdin: "pipe", stdout: "pipe" } as const;
    const other = Bun.spawn([process.execPath, program, scene.path], options);
    const { value } = await other.stdout.getReader().read();
    expect(new TextDecoder().decode(value)).toBe("locked\n");
    await scene.expectNoSignIn();
    const begun = performance.now();
    let rounds = 0;
    while (rounds < 20 || performance.now() - begun < LOCK_MS) {
      await scene.expectNoSignIn();
      await scene.expectReading(member);
      rounds += 1;
    }
    // Each sign-in would wait for half a second, and everybody else with it.
    expect((performance.now() - begun) / rounds).toBeLessThan(250);
    expect(await scene.health()).toBe(200);
    await other.stdin.end();
    await other.exited;
    await scene.member();
    await scene.expectReading(member);
  },
  LOCK_MS + 20_000,
);
