import { afterAll, expect, test } from "bun:test";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { buildBinary } from "./build_binary.ts";
import { AS_NOBODY, createFolder } from "./trouble/as_nobody.ts";

const ROOT = join(import.meta.dir, "..");
const BUN = process.execPath;
const folder = mkdtempSync(join(tmpdir(), "foyer-build-"));
afterAll(() => rmSync(folder, { recursive: true }), 60_000);

const hashOf = (path: string) =>
  new Bun.CryptoHasher("sha256").update(readFileSync(path)).digest("hex");

function run(
  command: string[],
  { cwd, env }: { cwd: string; env?: Record<string, string> },
): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command, {
    cwd,
    env: { ...process.env, ...env },
  });
  if (exitCode !== 0) throw new Error(`${command.join(" ")}\n${stdout}${stderr}`);
  return stdout.toString();
}

/** A clone at `path` that holds the same changes, with packages of its own. */
function cloneTo(path: string): void {
  run(["git", "clone", "--quiet", ROOT, path], { cwd: ROOT });
  const listed = run(["git", "ls-files", "-co", "--exclude-standard"], { cwd: ROOT }).trim();
  for (const file of listed.split("\n")) {
    const copy = join(path, file);
    if (!existsSync(join(ROOT, file))) {
      rmSync(copy, { force: true });
      continue;
    }
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(ROOT, file), copy);
  }
  run([BUN, "install", "--frozen-lockfile", "--silent"], { cwd: path });
}

test.skipIf(!existsSync(join(ROOT, ".git")))(
  "another user makes the same bytes in another folder",
  () => {
    const own = buildBinary(folder);
    chmodSync(folder, 0o755);
    const clone = join(folder, "a longer path", "of somebody");
    cloneTo(clone);
    const outfile = join(createFolder(folder), "foyer");
    const env = {
      HOME: dirname(outfile),
      TMPDIR: dirname(outfile),
      TZ: "Asia/Kathmandu",
      LC_ALL: "C",
      // Git asks whether a repository of another user is meant.
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: clone,
    };
    const said = run([...AS_NOBODY, BUN, "src/build.ts", `--outfile=${outfile}`], {
      cwd: clone,
      env,
    });
    const hash = hashOf(own);
    expect(said).toContain(`SHA-256 ${hash}\n`);
    expect(hashOf(outfile)).toBe(hash);

    const { commit } = JSON.parse(run([outfile, "version", "--json"], { cwd: folder }));
    const head = run(["git", "rev-parse", "HEAD"], { cwd: ROOT });
    expect(commit.replace("-dirty", "")).toBe(head.slice(0, 12));
  },
  60_000,
);

test("a target that does not exist is refused before anything is built", () => {
  const build = [BUN, "src/build.ts", "--target=bun-amiga", `--outfile=${join(folder, "amiga")}`];
  const { exitCode, stderr } = Bun.spawnSync(build, { cwd: ROOT });
  expect(exitCode).toBe(2);
  expect(stderr.toString()).toContain("linux-arm64");
  expect(existsSync(join(folder, "amiga"))).toBe(false);
});
